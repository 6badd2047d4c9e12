/**
 * Arithmetic that statistics need: compensated sums, Cholesky factors, distribution tails, roots. No statistics. The
 * small constants of all packages are listed in doc/tolerances.md.
 */
package dev.mixedmodels.engine.numeric;
