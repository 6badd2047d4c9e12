/** Sufficient statistics of the data, from one pass over the rows. */
package dev.mixedmodels.engine.statistics;
