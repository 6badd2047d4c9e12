/** Rows of the output tables, as plain records; NaN stands for a missing cell. */
package dev.mixedmodels.engine.result;
