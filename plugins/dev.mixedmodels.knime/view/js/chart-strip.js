/* The observations of each level in a row of its own. */
import { isNumber } from "./format.js";
import { chosenRows, nameAxis, nameRoom, valueAxis } from "./looks.js";

export const ordered = true;
export const names = "level";

function levelsOf(table, state) {
  return table.levels("level", chosenRows(table, state, "level"));
}

export function height(chart, table, state) {
  return Math.max(220, 80 + 22 * levelsOf(table, state).length);
}

export function option(chart, table, state) {
  const { look, width } = state;
  const rows = chosenRows(table, state, "level");
  const levels = levelsOf(table, state);
  const place = new Map(levels.map((level, i) => [level, i]));
  const room = nameRoom(levels, width);
  return {
    grid: { left: room + 26, right: 24, top: 12, bottom: 50 },
    xAxis: valueAxis(look, table.units.title(chart.x.title, chart.x.units)),
    yAxis: nameAxis(look, levels, { name: table.find("level").heading, nameGap: room + 4,
      splitLine: { show: true, lineStyle: { color: look.grid } },
      axisLabel: { color: look.quiet, width: room - 10, overflow: "truncate", hideOverlap: true } }),
    series: [{ type: "scatter", symbolSize: 8, itemStyle: { color: look.series[0], opacity: 0.55 },
      data: rows.map((row) => ({ value: [table.number("value", row), place.get(table.text("level", row))], row }))
        .filter((d) => isNumber(d.value[0])) }],
  };
}
