/* The response in its own units or in others: the only arithmetic that the page does. */

/** Functions that convert numbers and headings to the chosen units. */
export function converter(scale, chosen) {
  const other = chosen === "STANDARD_DEVIATIONS" && hasOther(scale);
  return {
    value(number, units) {
      if (!other || units === "PLAIN" || typeof number !== "number") {
        return number;
      }
      const shifted = units === "RESPONSE" ? number - scale.centre : number;
      return shifted / (units === "VARIANCE" ? scale.unit * scale.unit : scale.unit);
    },
    title(text, units) {
      return other && units !== "PLAIN" && text
        ? `${text}, in ${units === "VARIANCE" ? "residual variances" : scale.name.toLowerCase()}` : text;
    },
  };
}

/** Whether there are units beside the response's own. */
export function hasOther(scale) {
  return Boolean(scale && scale.name && scale.unit > 0);
}
