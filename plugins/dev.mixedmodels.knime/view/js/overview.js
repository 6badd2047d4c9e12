/* What was fitted, what came out, what to worry about. */
import { element } from "./draw.js";
import { isNumber, number } from "./format.js";

function figure({ name, value, lower, upper, note }) {
  const interval = isNumber(lower) || isNumber(upper)
    ? `${isNumber(lower) ? number(lower) : "\u2212\u221e"} to ${isNumber(upper) ? number(upper) : "\u221e"}` : "";
  const made = element("li", {}, element("div", { class: "name" }, name),
    element("div", { class: "value" }, isNumber(value) ? number(value) : interval));
  const more = [isNumber(value) ? interval : "", note].filter(Boolean).join("; ");
  if (more) {
    made.append(element("div", { class: "more quiet" }, more));
  }
  return made;
}

/** The overview of a picture. */
export function overview(picture) {
  const { sentence, model, figures, concerns } = picture.overview;
  const parts = [element("h1", {}, picture.node || "Results"), element("p", {}, sentence || "")];
  if (model) {
    parts.push(element("details", {}, element("summary", {}, "The model"), element("p", {}, model)));
  }
  if (figures && figures.length > 0) {
    parts.push(element("ul", { class: "figures", "aria-label": "Main results, with intervals" },
      ...figures.map(figure)));
  }
  if (concerns && concerns.length > 0) {
    parts.push(element("section", { class: "worries", "aria-label": "What to worry about" },
      element("strong", {}, concerns.length === 1 ? "Mind this" : "Mind these"),
      element("ul", {}, ...concerns.map((text) => element("li", {}, text)))));
  }
  return element("header", {}, ...parts);
}
