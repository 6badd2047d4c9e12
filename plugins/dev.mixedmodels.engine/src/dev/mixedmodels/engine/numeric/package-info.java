/** Arithmetic that statistics need: compensated sums, Cholesky factors, distribution tails, roots. No statistics. */
package dev.mixedmodels.engine.numeric;
