/* Observed and fitted courses, a unit a cell, a page of cells at a time; or all units in one. */
import { isNumber, short } from "./format.js";
import { chosenRows, nameAxis, valueAxis } from "./looks.js";

export const ordered = true;
export const names = "unit";
export const layouts = [["grid", "One by one"], ["together", "All in one"]];

const CELL = 165;
const HIGH = 150;
const ROWS = 3;

function across(width) {
  return Math.max(2, Math.min(6, Math.floor(width / CELL)));
}

/** How many units a page shows. */
export function pageSize(width) {
  return across(width) * ROWS;
}

/** The units that are shown, in the chosen order. */
export function units(table, state) {
  return table.levels("unit", chosenRows(table, state, "unit"));
}

export function height(chart, table, state, width) {
  if (state.layout === "together") {
    return Math.round(Math.max(320, Math.min(560, width * 0.6)));
  }
  const cells = Math.min(pageSize(width), units(table, state).length);
  return 54 + HIGH * Math.max(1, Math.ceil(cells / across(width)));
}

function axes(chart, table, look, rows) {
  const places = table.has("at") ? table.levels("at", rows) : [];
  return { places, x: table.has("at") ? (row) => places.indexOf(table.text("at", row)) : (row) => table.number("x", row) };
}

/** The common range of all that is drawn, with some room. */
function range(table, rows, roles) {
  const values = rows.flatMap((row) => roles.map((role) => table.number(role, row))).filter(isNumber);
  const low = Math.min(...values);
  const high = Math.max(...values);
  const room = 0.04 * (high - low || 1);
  return { min: low - room, max: high + room };
}

function seriesOf(table, look, rows, x, index, together) {
  const line = (role, type, colour, width, opacity) => ({
    type: "line", xAxisIndex: index, yAxisIndex: index, symbol: "none", silent: true, z: 2,
    lineStyle: { color: colour, width, type, opacity },
    data: rows.filter((row) => isNumber(table.number(role, row))).map((row) => [x(row), table.number(role, row)]),
  });
  const dots = (role, colour, symbol, size, hollow) => ({
    type: "scatter", xAxisIndex: index, yAxisIndex: index, symbol, symbolSize: size, z: 3,
    itemStyle: hollow ? { color: look.page, borderColor: colour, borderWidth: 1.5 }
      : { color: colour, opacity: together ? 0.35 : 0.9 },
    data: rows.filter((row) => isNumber(table.number(role, row)))
      .map((row) => ({ value: [x(row), table.number(role, row)], row })),
  });
  const parts = [];
  if (!together) {
    parts.push(line("mean", [5, 4], look.reference, 1.5, 1));
  }
  if (table.has("fitted")) {
    parts.push(line("fitted", "solid", look.series[0], together ? 1 : 2, together ? 0.6 : 1));
  } else if (together && !table.has("fittedMark")) {
    parts.push(line("observed", "solid", look.series[0], 1, 0.45));
  }
  if (table.has("fittedMark")) {
    parts.push(dots("fittedMark", look.series[0], "diamond", together ? 5 : 8, true));
  }
  parts.push(dots("observed", look.series[1], "circle", together ? 4 : 6, false));
  if (table.has("predicted")) {
    parts.push(dots("predicted", look.series[0], "diamond", 9, true));
    if (!together) {
      parts.push({
        type: "custom", xAxisIndex: index, yAxisIndex: index, silent: true, z: 1, clip: true, encode: { x: 0, y: [1, 2] },
        data: rows.filter((row) => isNumber(table.number("lower", row)))
          .map((row) => [x(row), table.number("lower", row), table.number("upper", row)]),
        renderItem: (params, api) => {
          const from = api.coord([api.value(0), api.value(1)]);
          const to = api.coord([api.value(0), api.value(2)]);
          return { type: "line", shape: { x1: from[0], y1: from[1], x2: to[0], y2: to[1] },
            style: { stroke: look.series[0], lineWidth: 1.5 } };
        },
      });
    }
  }
  return parts;
}

export function option(chart, table, state) {
  const { look, width } = state;
  const all = chosenRows(table, state, "unit");
  const shown = units(table, state);
  const { places, x } = axes(chart, table, look, all);
  const roles = ["observed", "fitted", "fittedMark", "mean", "predicted", "lower", "upper"].filter((role) => table.has(role));
  const yRange = range(table, all, roles);
  const xRange = places.length > 0 || all.length === 0 ? {} : (() => {
    const values = all.map(x).filter(isNumber);
    const room = 0.03 * (Math.max(...values) - Math.min(...values) || 1);
    return { min: Math.min(...values) - room, max: Math.max(...values) + room };
  })();
  const xAxis = (more) => (places.length > 0 ? nameAxis(look, places, { nameGap: 24, ...more })
    : valueAxis(look, "", { nameGap: 24, ...xRange, ...more,
      axisLabel: { showMinLabel: false, showMaxLabel: false, ...valueAxis(look).axisLabel, ...(more.axisLabel || {}) } }));
  const yTitle = table.units.title(chart.y.title, chart.y.units);
  if (state.layout === "together") {
    return {
      grid: { left: 68, right: 24, top: 16, bottom: 50 },
      xAxis: xAxis({ name: chart.x.title, nameGap: 30 }),
      yAxis: valueAxis(look, yTitle, { nameGap: 52 }),
      series: shown.flatMap((unit) => seriesOf(table, look, all.filter((row) => table.text("unit", row) === unit), x, 0,
        true)),
    };
  }
  const size = pageSize(width);
  const page = shown.slice(state.page * size, (state.page + 1) * size);
  const columns = across(width);
  const left = 58;
  const cell = (width - left - 12) / columns;
  const edge = { axisLabel: { showMinLabel: false, showMaxLabel: false } };
  return {
    grid: page.map((_, i) => ({ left: left + (i % columns) * cell, top: 26 + Math.floor(i / columns) * HIGH,
      width: cell - 10, height: HIGH - 34 })),
    title: [...page.map((unit, i) => ({ text: short(unit, Math.floor(cell / 8)),
      left: left + (i % columns) * cell + (cell - 10) / 2, top: 6 + Math.floor(i / columns) * HIGH, textAlign: "center",
      textStyle: { fontSize: 12, fontWeight: "bold", color: look.text } })),
    { text: short(chart.x.title, 60), left: left + (width - left) / 2, bottom: 0, textAlign: "center",
      textStyle: { fontSize: 12, fontWeight: "normal", color: look.text } }],
    xAxis: page.map((_, i) => xAxis({ gridIndex: i, ...edge,
      axisLabel: { ...edge.axisLabel, show: i + columns >= page.length, color: look.quiet, fontSize: 10,
        hideOverlap: true } })),
    yAxis: page.map((_, i) => valueAxis(look, i === 0 ? "" : "", { gridIndex: i, ...yRange, splitNumber: 3,
      axisLabel: { ...valueAxis(look).axisLabel, ...edge.axisLabel, show: i % columns === 0, fontSize: 10 } })),
    graphic: [{ type: "text", rotation: Math.PI / 2, left: 2, top: "middle",
      style: { text: short(yTitle, 40), fill: look.text, fontSize: 12 } }],
    series: page.flatMap((unit, i) => seriesOf(table, look, all.filter((row) => table.text("unit", row) === unit), x, i,
      false)),
  };
}
