/* A line from each observed estimate to the shrunken one. */
import { isNumber } from "./format.js";
import { chosenRows, nameAxis, valueAxis } from "./looks.js";

export const names = "level";

export function height(chart, table, state, width) {
  return Math.round(Math.max(340, Math.min(560, width * 0.6)));
}

export function option(chart, table, state) {
  const { look } = state;
  const rows = chosenRows(table, state, "level")
    .filter((row) => isNumber(table.number("observed", row)) && isNumber(table.number("estimate", row)));
  const ends = ["observed", "estimate"];
  const many = rows.length > 100;
  const points = (role, i) => ({
    type: "scatter", symbol: i === 0 ? "diamond" : "circle", symbolSize: many ? 4 : 9, z: 3,
    itemStyle: { color: look.series[1 - i] },
    data: rows.map((row) => ({ value: [i, table.number(role, row)], row })),
  });
  return {
    grid: { left: 68, right: 24, top: 16, bottom: 36 },
    xAxis: nameAxis(look, ends.map((role) => table.heading(table.find(role))), { boundaryGap: true }),
    yAxis: valueAxis(look, table.units.title(chart.y.title, chart.y.units), { nameGap: 52 }),
    series: [{
      type: "custom", silent: true, z: 1, clip: true, encode: { x: -1, y: [0, 1] },
      data: rows.map((row) => ends.map((role) => table.number(role, row))),
      renderItem: (params, api) => {
        const from = api.coord([0, api.value(0)]);
        const to = api.coord([1, api.value(1)]);
        return { type: "line", shape: { x1: from[0], y1: from[1], x2: to[0], y2: to[1] },
          style: { stroke: look.reference, lineWidth: 1, opacity: many ? 0.35 : 0.7 } };
      },
    }, ...ends.map(points)],
  };
}
