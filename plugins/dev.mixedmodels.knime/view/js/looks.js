/* Parts of options that several charts share. */
import { short, tick } from "./format.js";

/** An axis of numbers. */
export function valueAxis(look, title, more = {}) {
  return {
    type: "value", name: title ? short(title, 70) : "", nameLocation: "middle", nameGap: 30, scale: true,
    nameTextStyle: { color: look.text, fontSize: 12 },
    axisLabel: { color: look.quiet, formatter: tick, hideOverlap: true },
    axisLine: { show: true, onZero: false, lineStyle: { color: look.rule } }, splitLine: { lineStyle: { color: look.grid } },
    ...more,
  };
}

/** An axis of names. */
export function nameAxis(look, names, more = {}) {
  return {
    type: "category", data: names, nameLocation: "middle", nameTextStyle: { color: look.text, fontSize: 12 },
    axisLabel: { color: look.quiet, hideOverlap: true, formatter: (name) => short(name, 24) },
    axisLine: { onZero: false, lineStyle: { color: look.rule } }, axisTick: { show: false },
    ...more,
  };
}

/** Room for names of levels: as wide as the longest, within a part of the width. */
export function nameRoom(names, width) {
  const longest = names.reduce((most, name) => Math.max(most, Math.min(24, Array.from(name).length)), 0);
  return Math.round(Math.min(width * 0.35, 20 + 6.6 * longest));
}

export function legend(look, names, more = {}) {
  return { show: names.length > 1, type: "scroll", top: 0, left: 0, right: 0, data: names, icon: undefined,
    textStyle: { color: look.text }, pageTextStyle: { color: look.text }, pageIconColor: look.text,
    formatter: (name) => short(name, 40), tooltip: { show: false }, ...more };
}

/** Lines through the whole chart, in the axis's units. */
export function through(look, lines, units) {
  return {
    silent: true, symbol: "none", animation: false,
    lineStyle: { color: look.reference, type: [5, 4], width: 1.5 },
    label: { show: true, color: look.quiet, fontSize: 11, formatter: (params) => short(params.name, 30) },
    data: lines.map((line) => (isEndless(line.y)
      ? { name: line.name, xAxis: units.x(line.x[0]), label: { position: "end", distance: 3 } }
      : { name: line.name, yAxis: units.y(line.y[0]), label: { position: "insideEndTop" } })),
  };
}

function isEndless(values) {
  return values.length === 2 && (values[0] === "-Infinity" || values[0] === -Infinity);
}

/** Whether a line crosses the whole chart. */
export function crosses(line) {
  return isEndless(line.x) || isEndless(line.y);
}

/** Conversions of the two axes. */
export function axisUnits(chart, table) {
  return { x: (v) => table.units.value(v, chart.x.units), y: (v) => table.units.value(v, chart.y.units) };
}

/** Reference lines that are curves, as series. */
export function curves(look, chart, table, more = {}) {
  const units = axisUnits(chart, table);
  return chart.lines.filter((line) => !crosses(line)).map((line) => ({
    type: "line", name: line.name, symbol: "none", silent: true, z: 1,
    itemStyle: { color: look.reference, opacity: 0 }, lineStyle: { color: look.reference, width: 1.5, type: [5, 4] },
    data: line.x.map((x, i) => [units.x(x), typeof line.y[i] === "number" ? units.y(line.y[i]) : "-"]), ...more,
  }));
}

/** The rows of a chart that are shown, filtered by names and in the chosen order. */
export function chosenRows(table, state, role) {
  const rows = Array.from({ length: table.size }, (_, row) => row);
  const wanted = state.wanted;
  const kept = wanted && table.has(role) ? rows.filter((row) => wanted(table.text(role, row))) : rows;
  return state.order === "NAME" && table.has(role)
    ? kept.sort((a, b) => state.byName(table.text(role, a), table.text(role, b))) : kept;
}

/** A zoom for long lists of names. */
export function listZoom(look, count, most, height) {
  if (count <= most) {
    return undefined;
  }
  return [{ type: "slider", yAxisIndex: 0, right: 6, top: 20, width: 16, height: height - 90, startValue: 0,
    endValue: count - 1, showDetail: false, brushSelect: false, borderColor: look.rule, fillerColor: "rgba(120,140,160,.25)",
    handleStyle: { color: look.panel, borderColor: look.reference }, moveHandleSize: 0,
    dataBackground: { lineStyle: { opacity: 0 }, areaStyle: { opacity: 0 } },
    selectedDataBackground: { lineStyle: { opacity: 0 }, areaStyle: { opacity: 0 } } },
  { type: "inside", yAxisIndex: 0, zoomOnMouseWheel: "ctrl", moveOnMouseWheel: false }];
}
