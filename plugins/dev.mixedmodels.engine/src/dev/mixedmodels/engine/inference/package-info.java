/**
 * Tests, degrees of freedom and intervals, from an estimate, its covariance and how that varies with the parameters.
 */
package dev.mixedmodels.engine.inference;
