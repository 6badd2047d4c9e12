/** The port that carries a fitted model. */
package dev.mixedmodels.knime.model;
