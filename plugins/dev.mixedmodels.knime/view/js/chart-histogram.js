/* A histogram with curves over it. */
import { curves, legend, valueAxis } from "./looks.js";

export function option(chart, table, state) {
  const { look } = state;
  const lines = curves(look, chart, table, { z: 5, lineStyle: { color: look.series[1], width: 2.5 } });
  const rows = Array.from({ length: table.size }, (_, row) => row);
  const bars = table.heading(table.find("y"));
  return {
    grid: { left: 68, right: 24, top: 40, bottom: 50 },
    legend: legend(look, [bars, ...lines.map((line) => line.name)], { show: lines.length > 0 }),
    xAxis: valueAxis(look, table.units.title(chart.x.title, chart.x.units)),
    yAxis: valueAxis(look, chart.y.title, { nameGap: 52, scale: false, min: 0 }),
    series: [{
      type: "custom", name: bars, itemStyle: { color: look.series[0] }, encode: { x: [0, 1], y: 2 }, clip: true,
      data: rows.map((row) => ({ row,
        value: [table.number("lower", row), table.number("upper", row), table.number("y", row)] })),
      renderItem: (params, api) => {
        const top = api.coord([api.value(0), api.value(2)]);
        const bottom = api.coord([api.value(1), 0]);
        return { type: "rect", shape: { x: top[0], y: top[1], width: Math.max(1, bottom[0] - top[0] - 1),
          height: bottom[1] - top[1] }, style: { fill: look.series[0], opacity: 0.55 } };
      },
    }, ...lines],
  };
}
