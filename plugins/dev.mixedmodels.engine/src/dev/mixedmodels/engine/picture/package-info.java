/**
 * What a view shows, as plain records: an overview and charts, each with the small table behind it. Makers take the
 * rows of the output tables, never the model; what is too long is thinned here, so that a page only has to scale and
 * draw.
 */
package dev.mixedmodels.engine.picture;
