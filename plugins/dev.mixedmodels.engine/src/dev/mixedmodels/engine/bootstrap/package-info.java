/** Parametric bootstrap: responses drawn from a fitted model, and models fitted to them. */
package dev.mixedmodels.engine.bootstrap;
