/** What the nodes for models with a formula have in common: settings, reading, writing. */
package dev.mixedmodels.knime.mixed;
