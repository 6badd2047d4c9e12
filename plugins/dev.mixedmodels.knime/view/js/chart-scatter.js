/* Points, maybe of several series, with the lines that help to read them. */
import { isNumber } from "./format.js";
import { axisUnits, chosenRows, crosses, curves, legend, through, valueAxis } from "./looks.js";
import { SYMBOLS } from "./theme.js";

export const names = "label";

export function height(chart, table, state, width) {
  return Math.round(Math.max(320, Math.min(560, width * 0.6)));
}

export function option(chart, table, state) {
  const { look } = state;
  const rows = chosenRows(table, state, "label");
  const groups = table.has("series") ? table.levels("series", rows) : [""];
  const size = rows.length <= 300 ? 8 : rows.length <= 1000 ? 5 : 4;
  const straight = chart.lines.filter(crosses);
  const series = groups.map((group, i) => ({
    type: "scatter", name: group, symbol: SYMBOLS[i % SYMBOLS.length], symbolSize: size, z: 3,
    itemStyle: { color: look.series[i % look.series.length], opacity: rows.length <= 300 ? 0.85 : 0.55 },
    data: rows.filter((row) => !table.has("series") || table.text("series", row) === group)
      .map((row) => ({ value: [table.number("x", row), table.number("y", row)], row }))
      .filter((d) => isNumber(d.value[0]) && isNumber(d.value[1])),
    ...(i === 0 && straight.length > 0 ? { markLine: through(look, straight, axisUnits(chart, table)) } : {}),
  }));
  const lines = curves(look, chart, table);
  const shown = [...groups.filter(Boolean), ...lines.map((line) => line.name)];
  const named = shown.length > 1 || lines.length > 0;
  return {
    grid: { left: 68, right: 24, top: named ? 40 : 16, bottom: 50 },
    legend: legend(look, shown, { show: named }),
    xAxis: valueAxis(look, table.units.title(chart.x.title, chart.x.units)),
    yAxis: valueAxis(look, table.units.title(chart.y.title, chart.y.units), { nameGap: 52 }),
    series: [...series, ...lines],
  };
}
