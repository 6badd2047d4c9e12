/* Curves of several series over numbers or names, with intervals where there are such. */
import { isNumber } from "./format.js";
import { axisUnits, chosenRows, crosses, curves, legend, nameAxis, through, valueAxis } from "./looks.js";
import { DASHES, SYMBOLS } from "./theme.js";

function band(table, rows, colour, x) {
  const points = rows.map((row) => [x(row), table.number("lower", row), table.number("upper", row)])
    .filter((p) => p.every(isNumber));
  return {
    type: "custom", silent: true, z: 1, clip: true, data: points, encode: { x: 0, y: [1, 2] },
    renderItem: (params, api) => (params.dataIndex > 0 ? null : { type: "polygon", shape: { points: [
      ...points.map((p) => api.coord([p[0], p[1]])), ...points.slice().reverse().map((p) => api.coord([p[0], p[2]]))] },
      style: { fill: colour, opacity: 0.18 } }),
  };
}

function bars(table, rows, colour, x, shift) {
  return {
    type: "custom", silent: true, z: 2, clip: true, encode: { x: 0, y: [1, 2] },
    data: rows.map((row) => [x(row), table.number("lower", row), table.number("upper", row)])
      .filter((d) => isNumber(d[1]) && isNumber(d[2])),
    renderItem: (params, api) => {
      const from = api.coord([api.value(0), api.value(1)]);
      const to = api.coord([api.value(0), api.value(2)]);
      return { type: "line", shape: { x1: from[0] + shift, y1: from[1], x2: to[0] + shift, y2: to[1] },
        style: { stroke: colour, lineWidth: 2 } };
    },
  };
}

export function option(chart, table, state) {
  const { look } = state;
  const rows = chosenRows(table, state, "series");
  const groups = table.levels("series", rows);
  const named = table.has("at");
  const places = named ? table.levels("at", rows) : [];
  const x = named ? (row) => places.indexOf(table.text("at", row)) : (row) => table.number("x", row);
  const one = groups.length === 1 && table.has("lower") && named;
  const series = groups.flatMap((group, i) => {
    const own = rows.filter((row) => table.text("series", row) === group);
    const colour = look.series[i % look.series.length];
    const shift = named && table.has("lower") ? (i - (groups.length - 1) / 2) * 8 : 0;
    const parts = [{
      type: "line", name: group, symbol: SYMBOLS[i % SYMBOLS.length], symbolSize: named ? 9 : 1,
      showSymbol: named, symbolOffset: [shift, 0], z: 3, connectNulls: false,
      itemStyle: { color: colour },
      lineStyle: { color: colour, width: 2, type: DASHES[i % DASHES.length], opacity: one ? 0 : 1 },
      data: own.map((row) => ({ value: [x(row), isNumber(table.number("y", row)) ? table.number("y", row) : "-"], row })),
    }];
    if (table.has("lower")) {
      parts.push(named ? bars(table, own, colour, x, shift) : band(table, own, colour, x));
    }
    return parts;
  });
  const straight = chart.lines.filter(crosses);
  if (straight.length > 0 && series.length > 0) {
    series[0].markLine = through(look, straight, axisUnits(chart, table));
  }
  return {
    grid: { left: 68, right: 24, top: groups.length > 1 ? 40 : 16, bottom: 56 },
    legend: legend(look, groups),
    xAxis: named ? nameAxis(look, places, { name: chart.x.title, nameGap: 30 })
      : valueAxis(look, table.units.title(chart.x.title, chart.x.units)),
    yAxis: valueAxis(look, table.units.title(chart.y.title, chart.y.units), { nameGap: 52 }),
    series: [...series, ...curves(look, chart, table)],
  };
}
