/** Model formulas: syntax tree, R's notation read and written. Knows nothing of data. */
package dev.mixedmodels.engine.formula;
