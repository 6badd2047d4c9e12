/** What a node takes where nobody has chosen anything: one rule for all nodes. */
package dev.mixedmodels.knime.guess;
