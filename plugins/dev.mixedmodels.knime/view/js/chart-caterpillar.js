/* One row per level: an estimate with its interval, maybe the observed one beside it. */
import { isNumber } from "./format.js";
import { axisUnits, chosenRows, legend, listZoom, nameAxis, nameRoom, through, valueAxis } from "./looks.js";

const ROOMY = 60;
const ROW = 20;

export const ordered = true;
export const names = "level";

export function height(chart, table, state) {
  const count = chosenRows(table, state, "level").length;
  return count <= ROOMY ? Math.max(220, 90 + ROW * count) : 640;
}

function intervals(table, rows, lower, upper, colour, shift, width, opacity) {
  return {
    type: "custom", silent: true, z: 2, clip: true, encode: { x: [0, 1], y: 2 },
    data: rows.map((row, i) => [table.number(lower, row), table.number(upper, row), i])
      .filter((d) => isNumber(d[0]) && isNumber(d[1])),
    renderItem: (params, api) => {
      const from = api.coord([api.value(0), api.value(2)]);
      const to = api.coord([api.value(1), api.value(2)]);
      return { type: "line", shape: { x1: from[0], y1: from[1] + shift, x2: to[0], y2: to[1] + shift },
        style: { stroke: colour, lineWidth: width, opacity } };
    },
  };
}

export function option(chart, table, state) {
  const { look, width, height: high } = state;
  const rows = chosenRows(table, state, "level");
  const levels = rows.map((row) => table.text("level", row));
  const both = table.has("observed");
  const twoIntervals = table.has("observedLower");
  const roomy = rows.length <= ROOMY;
  const dense = rows.length > 250;
  const shift = twoIntervals && roomy ? 4 : 0;
  const size = roomy ? 9 : dense ? 3 : 5;
  const heading = (role) => table.heading(table.find(role));
  const points = (role, colour, symbol, offset, hollow) => ({
    type: "scatter", name: heading(role), symbol, symbolSize: size, symbolOffset: [0, offset], z: hollow ? 3 : 4,
    itemStyle: { opacity: 1, ...(hollow ? { color: look.page, borderColor: colour, borderWidth: 1.5 } : { color: colour }) },
    data: rows.map((row, i) => ({ value: [table.number(role, row), i], row })).filter((d) => isNumber(d.value[0])),
  });
  const series = [];
  if (both) {
    series.push(points("observed", look.series[1], "diamond", -shift, true));
    if (twoIntervals) {
      series.push(intervals(table, rows, "observedLower", "observedUpper", look.series[1], -shift, 1, 1));
    }
  }
  series.push(intervals(table, rows, "lower", "upper", look.series[0], shift, roomy ? 2 : 1, dense ? 0.3 : 1));
  series.push({ ...points("estimate", look.series[0], "circle", shift, false),
    markLine: through(look, chart.lines, axisUnits(chart, table)) });
  const zoom = listZoom(look, rows.length, ROOMY, high);
  return {
    grid: { left: nameRoom(levels, width) + (table.find("level").heading ? 26 : 8), right: zoom ? 40 : 24,
      top: both ? 44 : 24, bottom: 50 },
    legend: legend(look, both ? [heading("observed"), heading("estimate")] : []),
    xAxis: valueAxis(look, table.units.title(chart.x.title, chart.x.units)),
    yAxis: nameAxis(look, levels, { name: table.find("level").heading, nameGap: nameRoom(levels, width) + 4,
      axisLabel: { color: look.quiet, width: nameRoom(levels, width) - 10, overflow: "truncate", hideOverlap: true } }),
    dataZoom: zoom, series,
  };
}
