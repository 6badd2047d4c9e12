/** Minimisation of smooth functions within bounds. */
package dev.mixedmodels.engine.optimise;
