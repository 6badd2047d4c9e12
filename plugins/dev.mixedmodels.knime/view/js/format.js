/* Numbers and names as text, the same in every locale. */

const DIGITS = 4;
const LONGEST = 40;

/** A number that is not there is null, NaN or a text such as "NaN". */
export function isNumber(value) {
  return typeof value === "number" && Number.isFinite(value);
}

/** Four significant digits, and one after the point up to 99,999.9: 0.04123, 51.42, 1527.5, 1234567, 1.235e−9. */
export function number(value) {
  if (!isNumber(value)) {
    return "";
  }
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e10)) {
    return value.toExponential(DIGITS - 1).replace("e+", "e").replace("-", "\u2212").replace("e-", "e\u2212");
  }
  const before = size < 1 ? 0 : Math.floor(Math.log10(size)) + 1;
  const text = size >= 1 ? value.toFixed(Math.max(size < 1e5 ? 1 : 0, DIGITS - before)) : value.toPrecision(DIGITS);
  const short = text.includes(".") ? text.replace(/0+$/, "").replace(/\.$/, "") : text;
  return (short === "-0" ? "0" : short).replace("-", "\u2212");
}

/** A tick of an axis: as few digits as the tick has. */
export function tick(value) {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) {
    return value.toExponential(2).replace(/\.?0+e/, "e").replace("e+", "e").replace(/-/g, "\u2212");
  }
  return String(Number(value.toPrecision(10))).replace("-", "\u2212");
}

/** A name that fits a legend or an axis. */
export function short(name, longest = LONGEST) {
  const letters = Array.from(name);
  return letters.length <= longest ? name : `${letters.slice(0, longest - 1).join("")}\u2026`;
}

/** A name that a file may have. */
export function fileName(...parts) {
  return parts.join(" ").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 80).toLowerCase() || "chart";
}

const collator = new Intl.Collator("en", { numeric: true });

/** The order of names, digits as numbers. */
export function byName(a, b) {
  return collator.compare(a, b);
}
