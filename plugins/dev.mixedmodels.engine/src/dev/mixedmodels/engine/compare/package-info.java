/** Fitted models against one another: criteria, nesting, tests. */
package dev.mixedmodels.engine.compare;
