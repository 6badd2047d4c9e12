/** From a formula and a frame to the columns of X and Z, hypotheses on the coefficients, and least-squares means. */
package dev.mixedmodels.engine.design;
