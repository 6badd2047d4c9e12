/** Settings that the nodes share, with guesses and checks of columns. */
package dev.mixedmodels.knime.settings;
