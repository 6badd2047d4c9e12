/* Colours, which the style sheet holds for light and dark, and the looks that all charts share. */

/** The symbols of the series, so that colour is not all that tells them apart. */
export const SYMBOLS = ["circle", "diamond", "triangle", "rect", "pin", "arrow"];
export const DASHES = ["solid", [7, 4], [2, 3], [9, 3, 2, 3], [4, 2], [12, 4]];

/** The colours as they are now. */
export function colours() {
  const style = getComputedStyle(document.documentElement);
  const of = (name) => style.getPropertyValue(`--${name}`).trim();
  return {
    series: [1, 2, 3, 4, 5, 6].map((i) => of(`series-${i}`)),
    text: of("text"), quiet: of("quiet"), page: of("page"), panel: of("panel"), rule: of("rule"), grid: of("grid"),
    reference: of("reference"), negative: of("negative"), middle: of("middle"), positive: of("positive"),
  };
}

/** Calls back when the scheme changes between light and dark. */
export function onScheme(callback) {
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", callback);
}
