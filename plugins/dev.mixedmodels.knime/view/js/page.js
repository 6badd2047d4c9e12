/* The page: overview, topics, the chosen chart with its controls and the table behind it. */
import { moduleOf } from "./charts.js";
import { Drawing, element } from "./draw.js";
import { save } from "./export.js";
import { byName, number } from "./format.js";
import { overview } from "./overview.js";
import { Table } from "./table.js";
import { onScheme } from "./theme.js";
import { converter, hasOther } from "./units.js";

const TOPICS = [["UNITS", "Units"], ["MEANS", "Means"], ["VARIANCES", "Variances"], ["ASSUMPTIONS", "Assumptions"]];

/** A sentence in the place of the page. */
export function showProblem(page, sentence) {
  page.replaceChildren(element("h1", {}, "Mixed model"), element("p", { role: "alert" }, sentence));
}

/** All of it. */
export function show(page, data) {
  document.title = data.picture.node || "Mixed model";
  new Page(page, data);
}

class Page {
  constructor(page, { picture, options = {} }) {
    this.picture = picture;
    this.only = new Set(options.only || []);
    this.state = { units: options.scale || "RESPONSE", order: options.order || "SIZE", layout: "grid", page: 0, find: "",
      byName, say: (text) => { this.voice.textContent = text; } };
    const charts = picture.charts;
    const known = new Set(TOPICS.map(([topic]) => topic));
    this.topics = [...new Set(charts.map((chart) => chart.topic))]
      .map((topic) => [topic, known.has(topic) ? TOPICS.find(([t]) => t === topic)[1] : "Other"]);
    this.topic = this.topics.some(([topic]) => topic === options.topic) ? options.topic
      : this.topics.length > 0 ? this.topics[0][0] : "";
    this.voice = element("div", { class: "hidden", "aria-live": "polite" });
    this.panel = element("section", { id: "panel", role: "tabpanel", "aria-labelledby": `topic-${this.topic}` });
    this.tabs = element("div", { class: "tabs", role: "tablist", "aria-label": "Topics" }, ...this.topics.map(
      ([topic, title]) => this.tab(topic, title)));
    page.replaceChildren(overview(picture), ...(charts.length > 0 ? [this.tabs, this.panel]
      : [element("p", {}, "There is nothing to draw for these results. See what the list above says, and the tables.")]),
    this.voice);
    if (charts.length > 0) {
      this.choose(this.topic);
      onScheme(() => this.drawChart());
    }
  }

  tab(topic, title) {
    const made = element("button", { type: "button", role: "tab", id: `topic-${topic}`, "aria-controls": "panel" },
      title);
    made.addEventListener("click", () => this.choose(topic));
    made.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) {
        const at = this.topics.findIndex(([t]) => t === topic);
        const next = this.topics[(at + step + this.topics.length) % this.topics.length][0];
        this.choose(next);
        document.getElementById(`topic-${next}`).focus();
        event.preventDefault();
      }
    });
    return made;
  }

  choose(topic) {
    this.topic = topic;
    this.panel.setAttribute("aria-labelledby", `topic-${topic}`);
    for (const tab of this.tabs.children) {
      const chosen = tab.id === `topic-${topic}`;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
    }
    this.showChart(this.picture.charts.filter((chart) => chart.topic === topic)[0]);
  }

  /** The controls, the place of the chart and the table of a chart. */
  showChart(chart) {
    this.chart = chart;
    this.state.page = 0;
    const module = moduleOf(chart.kind);
    this.place = element("div", { class: "chart", tabindex: "0", role: "application", "aria-roledescription": "chart",
      "aria-label": `${chart.title}. Arrow keys go through its marks; the button Table shows its numbers.` });
    this.more = element("div", {});
    this.caption = element("p", { class: "quiet" });
    this.controls = element("div", { class: "controls" });
    this.panel.replaceChildren(this.controls, element("h2", {}, chart.title), this.caption,
      ...(module ? [this.place] : [element("p", { role: "alert" },
        "This page cannot draw this chart, which a newer version of the extension made. The table shows its numbers.")]),
      this.more);
    this.fillControls(module);
    this.drawChart();
  }

  fillControls(module) {
    const { chart, controls, state } = this;
    const siblings = this.picture.charts.filter((c) => c.topic === this.topic);
    controls.replaceChildren();
    if (siblings.length > 1) {
      controls.append(choice("Chart", siblings.map((c, i) => [String(i), c.title]),
        String(siblings.indexOf(chart)), (value) => {
          this.showChart(siblings[Number(value)]);
          this.controls.querySelector("select").focus();
        }));
    }
    if (module && module.layouts) {
      controls.append(toggle("Show", module.layouts, state.layout, (value) => this.change({ layout: value, page: 0 })));
    }
    if (hasOther(this.picture.scale) && chart.columns.some((c) => c.units !== "PLAIN")) {
      controls.append(toggle("Scale", [["RESPONSE", this.picture.scale.response || "Response"],
        ["STANDARD_DEVIATIONS", "Standard deviations"]], state.units, (value) => this.change({ units: value })));
    }
    if (module && module.names && chart.columns.some((c) => c.role === module.names)) {
      if (module.ordered) {
        controls.append(toggle("Order", [["SIZE", "By size"], ["NAME", "By name"]], state.order,
          (value) => this.change({ order: value, page: 0 })));
      }
      const find = element("input", { type: "search", size: "12", value: state.find });
      find.addEventListener("input", () => this.change({ find: find.value, page: 0 }));
      controls.append(element("label", {}, "Find", find));
    }
    if (module && module.pageSize) {
      this.pager = element("div", { class: "switch" });
      controls.append(this.pager);
    }
    controls.append(this.actions(module));
  }

  actions(module) {
    const table = element("button", { type: "button", "aria-pressed": "false" }, "Table");
    table.addEventListener("click", () => {
      const open = table.getAttribute("aria-pressed") !== "true";
      table.setAttribute("aria-pressed", String(open));
      this.tableOpen = open;
      this.showTable();
    });
    this.tableOpen = !module;
    table.setAttribute("aria-pressed", String(this.tableOpen));
    const made = element("div", { class: "actions switch" }, table);
    if (module) {
      for (const format of ["SVG", "PNG"]) {
        const button = element("button", { type: "button" }, format);
        button.setAttribute("aria-label", `Save as ${format}`);
        button.addEventListener("click", () => save(this.drawing, format, this.picture.node, this.chart.title)
          .catch((error) => { this.voice.textContent = `The chart could not be saved: ${error.message}`; }));
        made.append(button);
      }
    }
    return made;
  }

  change(part) {
    Object.assign(this.state, part);
    for (const button of this.controls.querySelectorAll("[data-key]")) {
      button.setAttribute("aria-pressed", String(Object.values(this.state).includes(button.dataset.key)));
    }
    this.drawChart();
  }

  drawChart() {
    const { chart, state } = this;
    const module = moduleOf(chart.kind);
    const table = new Table(chart, converter(this.picture.scale, state.units));
    this.table = table;
    state.wanted = this.filter(module, table);
    if (this.drawing) {
      this.drawing.dispose();
      this.drawing = null;
    }
    const none = state.wanted && module && module.names && table.has(module.names)
      && !Array.from({ length: table.size }).some((_, row) => state.wanted(table.text(module.names, row)));
    this.caption.textContent = [chart.caption, chart.shown ? `Shown: ${chart.shown}.` : "",
      none ? `None of the names that are shown contains \u201c${state.find || [...this.only].join(", ")}\u201d.` : ""]
      .filter(Boolean).join(" ");
    this.place.hidden = Boolean(none);
    if (module && !none) {
      this.place.replaceChildren();
      this.drawing = new Drawing(this.place, module, chart, table, state);
      this.fillPager(module);
    }
    this.showTable();
  }

  /** Which names are shown: those of the settings, and of these those that contain what is looked for. */
  filter(module, table) {
    if (!module || !module.names || !table.has(module.names)) {
      return undefined;
    }
    const find = this.state.find.trim().toLowerCase();
    const present = new Set(table.find(module.names).texts);
    const only = [...this.only].some((name) => present.has(name)) ? this.only : null;
    return only || find ? (name) => (!only || only.has(name)) && name.toLowerCase().includes(find) : undefined;
  }

  fillPager(module) {
    if (!module.pageSize || !this.pager) {
      return;
    }
    const size = module.pageSize(this.place.clientWidth);
    const count = module.units(this.table, this.state).length;
    const pages = Math.max(1, Math.ceil(count / size));
    const step = (by, text) => {
      const button = element("button", { type: "button", "aria-label": text }, by < 0 ? "\u2039" : "\u203a");
      button.disabled = this.state.page + by < 0 || this.state.page + by >= pages;
      button.addEventListener("click", () => {
        this.change({ page: this.state.page + by });
        const again = this.pager.querySelector(`button[aria-label="${text}"]`);
        (again.disabled ? this.place : again).focus();
      });
      return button;
    };
    this.pager.hidden = this.state.layout !== "grid" || pages === 1;
    this.pager.replaceChildren(step(-1, "Previous page"), element("button", { type: "button", disabled: true },
      `${this.state.page + 1} of ${pages}`), step(1, "Next page"));
  }

  showTable() {
    if (!this.tableOpen) {
      this.more.replaceChildren();
      return;
    }
    const { table, chart } = this;
    const columns = table.columns;
    const body = element("tbody", {});
    for (let row = 0; row < table.size; row++) {
      body.append(element("tr", {}, ...columns.map((column) => (column.texts
        ? element("td", {}, column.texts[row]) : element("td", { class: "number" }, number(table.valueOf(column, row)))))));
    }
    this.more.replaceChildren(element("div", { class: "table", tabindex: "0", role: "region",
      "aria-label": `Table of ${chart.title}` }, element("table", {},
      element("caption", { class: "hidden" }, chart.title),
      element("thead", {}, element("tr", {}, ...columns.map((column) =>
        element("th", { scope: "col" }, table.heading(column) || "Name")))), body)));
  }
}

/** A labelled drop-down. */
function choice(label, entries, chosen, changed) {
  const select = element("select", {}, ...entries.map(([value, text]) =>
    element("option", { value, selected: value === chosen }, text)));
  select.addEventListener("change", () => changed(select.value));
  return element("label", {}, label, select);
}

/** A row of buttons of which one is pressed. */
function toggle(label, entries, chosen, changed) {
  return element("fieldset", {}, element("legend", {}, label), element("div", { class: "switch" },
    ...entries.map(([value, text]) => {
      const button = element("button", { type: "button", "aria-pressed": String(value === chosen), "data-key": value },
        text);
      button.addEventListener("click", () => changed(value));
      return button;
    })));
}
