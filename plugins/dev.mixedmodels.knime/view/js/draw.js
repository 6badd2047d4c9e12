/* Draws one chart with ECharts: sizes, tooltips, keyboard, export. What a chart looks like, its own module says. */
import * as echarts from "./echarts.esm.min.js";
import { number, isNumber } from "./format.js";
import { colours } from "./theme.js";

/* No name in quotes: they would end the attribute in a saved SVG. */
const FONT = "system-ui, Roboto, Helvetica, Arial, sans-serif";
const EXPORT_WIDTH = 1000;

/** An element with text in it: names are data, so nothing is ever parsed as HTML. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) {
      made.setAttribute(key, value === true ? "" : value);
    }
  }
  made.append(...children);
  return made;
}

/** Headings and values of a row, names first. */
function facts(table, row) {
  return table.columns.map((column) => [table.heading(column),
    column.texts ? column.texts[row] : number(table.valueOf(column, row))])
    .filter(([, value]) => value !== "" && value !== undefined);
}

function tooltip(table) {
  return (params) => {
    const row = params.data && params.data.row;
    if (row === undefined || row === null) {
      return params.seriesName ? element("div", { class: "tip" }, params.seriesName) : "";
    }
    const rows = facts(table, row).map(([heading, value]) =>
      element("tr", {}, element("td", {}, heading || "Name"), element("td", {}, value)));
    return element("div", { class: "tip" }, element("table", {}, element("tbody", {}, ...rows)));
  };
}

/** What all options have in common. */
function base(table, look) {
  return {
    animation: false,
    backgroundColor: look.page,
    color: look.series,
    textStyle: { fontFamily: FONT, color: look.text, fontSize: 12 },
    tooltip: {
      trigger: "item", confine: true, formatter: tooltip(table), backgroundColor: look.panel, borderColor: look.rule,
      textStyle: { color: look.text },
    },
  };
}

/** A chart in its element. */
export class Drawing {
  constructor(place, module, chart, table, state) {
    this.place = place;
    this.module = module;
    this.chart = chart;
    this.table = table;
    this.state = state;
    this.instance = null;
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(place);
    this.width = 0;
    this.at = -1;
    place.addEventListener("keydown", (event) => this.key(event));
    this.draw();
  }

  draw() {
    this.width = this.place.clientWidth;
    const height = this.module.height ? this.module.height(this.chart, this.table, this.state, this.width) : 440;
    this.place.style.height = `${height}px`;
    if (this.instance) {
      this.instance.dispose();
    }
    this.instance = echarts.init(this.place, null, { renderer: "svg" });
    const look = colours();
    this.option = { ...base(this.table, look),
      ...this.module.option(this.chart, this.table, { ...this.state, look, width: this.width, height }) };
    this.instance.setOption(this.option);
    const svg = this.place.querySelector("svg");
    if (svg) {
      svg.setAttribute("aria-hidden", "true");
    }
    this.points = this.marks();
  }

  resize() {
    const width = this.place.clientWidth;
    if (width > 0 && width !== this.width) {
      this.draw();
    }
  }

  /** The marks that stand for rows, in the order of the rows, for the keyboard. */
  marks() {
    const found = new Map();
    this.option.series.forEach((series, seriesIndex) => (series.data || []).forEach((datum, dataIndex) => {
      if (datum && datum.row !== undefined && !series.silent
          && (!found.has(datum.row) || series.type === "scatter")) {
        found.set(datum.row, { seriesIndex, dataIndex, row: datum.row });
      }
    }));
    return [...found.values()];
  }

  key(event) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") {
      this.instance.dispatchAction({ type: "hideTip" });
      this.at = -1;
    } else if (step && this.points.length > 0) {
      this.at = (this.at + step + this.points.length) % this.points.length;
      this.tell(this.points[this.at]);
    } else if (event.key === "Home" && this.points.length > 0) {
      this.at = 0;
      this.tell(this.points[0]);
    } else if (event.key === "End" && this.points.length > 0) {
      this.at = this.points.length - 1;
      this.tell(this.points[this.at]);
    } else {
      return;
    }
    event.preventDefault();
  }

  tell(point) {
    this.instance.dispatchAction({ type: "showTip", seriesIndex: point.seriesIndex, dataIndex: point.dataIndex });
    this.state.say(facts(this.table, point.row).map(([heading, value]) => `${heading} ${value}`).join(", "));
  }

  /** The chart with its title as SVG text, of a size of its own. */
  svg() {
    const place = element("div", { style: "position:absolute;left:-10000px;top:0" });
    document.body.append(place);
    const height = (this.module.height
      ? this.module.height(this.chart, this.table, this.state, EXPORT_WIDTH) : 440) + 50;
    place.style.width = `${EXPORT_WIDTH}px`;
    place.style.height = `${height}px`;
    const drawn = echarts.init(place, null, { renderer: "svg" });
    try {
      const look = colours();
      const option = this.module.option(this.chart, this.table,
        { ...this.state, look, width: EXPORT_WIDTH, height: height - 50 });
      const note = this.chart.shown ? ` (${this.chart.shown})` : "";
      drawn.setOption({ ...base(this.table, look), ...option, dataZoom: undefined });
      drawn.setOption(lowered(drawn.getOption(), 50));
      drawn.setOption({ title: { text: this.chart.title + note, left: 10, top: 8,
        textStyle: { color: look.text, fontFamily: FONT, fontSize: 16, width: EXPORT_WIDTH - 20,
          overflow: "truncate" } } });
      return decodeURIComponent(drawn.getDataURL({ type: "svg" }).replace(/^[^,]*,/, ""));
    } finally {
      drawn.dispose();
      place.remove();
    }
  }

  dispose() {
    this.observer.disconnect();
    this.instance.dispose();
  }
}

/** Moves grids and legends down, to make room for a title. */
function lowered(option, by) {
  const down = (part) => (isNumber(part.top) ? { ...part, top: part.top + by } : part);
  return { grid: (option.grid || []).map(down), legend: (option.legend || []).map(down),
    title: (option.title || []).map(down), visualMap: (option.visualMap || []).map(down) };
}
