/* Which module draws which kind of chart. */
import * as bars from "./chart-bars.js";
import * as caterpillar from "./chart-caterpillar.js";
import * as courses from "./chart-courses.js";
import * as curves from "./chart-curves.js";
import * as heatmap from "./chart-heatmap.js";
import * as histogram from "./chart-histogram.js";
import * as scatter from "./chart-scatter.js";
import * as shrinkage from "./chart-shrinkage.js";
import * as strip from "./chart-strip.js";

const KINDS = { bars, caterpillar, courses, curves, heatmap, histogram, scatter, shrinkage, strip };

/** The module of a kind; undefined for one that this page does not know. */
export function moduleOf(kind) {
  return Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
}
