/**
 * Longitudinal mixed models: random effects per subject and structured residuals. The way through it:
 * {@link dev.mixedmodels.engine.longitudinal.LongitudinalModel} (rows, columns, checks) to
 * {@link dev.mixedmodels.engine.fit.CovarianceSearch} (the minimum of {@link
 * dev.mixedmodels.engine.likelihood.SubjectLikelihood}) to {@link dev.mixedmodels.engine.longitudinal.Estimate} and the
 * tables of {@link dev.mixedmodels.engine.longitudinal.LongitudinalFit}.
 */
package dev.mixedmodels.engine.longitudinal;
