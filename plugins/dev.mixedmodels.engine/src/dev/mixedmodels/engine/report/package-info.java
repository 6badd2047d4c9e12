/** How the figures of a fit become the rows of the output tables; what all models report stands here once. */
package dev.mixedmodels.engine.report;
