/* Lying bars: parts of a whole beside each other, or one bar per level. */
import { isNumber, number, short } from "./format.js";
import { axisUnits, chosenRows, legend, nameAxis, nameRoom, through, valueAxis } from "./looks.js";

export function height(chart, table, state) {
  const count = table.levels("level", chosenRows(table, state, "level")).length;
  return 130 + 34 * count;
}

export function option(chart, table, state) {
  const { look, width } = state;
  const rows = chosenRows(table, state, "level").filter((row) => isNumber(table.number("value", row)));
  const levels = table.levels("level", rows);
  const parts = table.has("series") ? table.levels("series", rows) : [""];
  const stacked = table.has("series");
  const room = nameRoom(levels, width);
  return {
    grid: { left: room + 20, right: 36, top: stacked ? 44 : 24, bottom: 50 },
    legend: legend(look, parts.filter(Boolean)),
    xAxis: valueAxis(look, chart.x.title, { scale: false, min: stacked ? 0 : undefined, max: stacked ? 100 : undefined }),
    yAxis: nameAxis(look, levels, { inverse: true,
      axisLabel: { color: look.quiet, width: room - 4, overflow: "truncate", hideOverlap: true,
        formatter: (name) => short(name, 30) } }),
    series: parts.map((part, i) => ({
      type: "bar", name: part, stack: stacked ? "whole" : undefined, barMaxWidth: 34,
      itemStyle: { color: look.series[i % look.series.length], borderColor: look.page, borderWidth: stacked ? 1 : 0 },
      label: { show: true, position: stacked ? "inside" : "right", color: stacked ? look.page : look.text,
        formatter: (params) => (stacked && params.data.value[0] < 6 ? "" : number(params.data.value[0])) },
      data: rows.filter((row) => !stacked || table.text("series", row) === part)
        .map((row) => ({ value: [table.number("value", row), levels.indexOf(table.text("level", row))], row })),
      ...(i === 0 && chart.lines.length > 0 ? { markLine: through(look, chart.lines, axisUnits(chart, table)) } : {}),
    })),
  };
}
