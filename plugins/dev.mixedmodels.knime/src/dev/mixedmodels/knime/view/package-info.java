/** The one view of all nodes: its settings, its page, and the internal tables that it is made from. */
package dev.mixedmodels.knime.view;
