/** Functions of one number that make columns of a design: scaled values, polynomials, splines. */
package dev.mixedmodels.engine.basis;
