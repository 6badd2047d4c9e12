/* A matrix of correlations. */
import { isNumber, short } from "./format.js";
import { chosenRows, nameAxis, nameRoom } from "./looks.js";

export function height(chart, table, state, width) {
  return Math.round(Math.max(300, Math.min(640, width + 30)));
}

export function option(chart, table, state) {
  const { look, width, height: high } = state;
  const rows = chosenRows(table, { ...state, wanted: undefined, order: "SIZE" }, "row");
  const names = table.levels("row", rows);
  const places = new Map(names.map((name, i) => [name, i]));
  const room = nameRoom(names, width);
  const side = Math.min(width - room - 30, high - 120);
  const cell = side / Math.max(1, names.length);
  const axis = { axisLabel: { color: look.quiet, hideOverlap: true, formatter: (name) => short(name, 16) },
    splitArea: { show: false } };
  return {
    grid: { left: room + 10, top: 10, width: side, height: side },
    xAxis: nameAxis(look, names, { ...axis, axisLabel: { ...axis.axisLabel, rotate: cell < 40 ? 60 : 0 } }),
    yAxis: nameAxis(look, names, { ...axis, inverse: true,
      axisLabel: { ...axis.axisLabel, width: room - 4, overflow: "truncate" } }),
    visualMap: { min: -1, max: 1, calculable: false, orient: "horizontal", left: room + 10, top: side + (cell < 40 ? 70 : 44),
      itemWidth: 14, itemHeight: Math.min(200, side - 60), text: ["1", "\u22121"], textStyle: { color: look.text },
      inRange: { color: [look.negative, look.middle, look.positive] } },
    series: [{
      type: "heatmap", itemStyle: { borderColor: look.page, borderWidth: names.length <= 30 ? 1 : 0 },
      label: { show: cell >= 34, fontSize: cell >= 44 ? 12 : 10, color: look.text,
        formatter: (params) => params.data.value[2].toFixed(2).replace("-", "\u2212") },
      data: rows.map((row) => ({ row,
        value: [places.get(table.text("column", row)), places.get(table.text("row", row)), table.number("value", row)] }))
        .filter((d) => isNumber(d.value[2]))
        .map((d) => ({ ...d, label: { color: Math.abs(d.value[2]) > 0.6 ? look.page : look.text } })),
    }],
  };
}
