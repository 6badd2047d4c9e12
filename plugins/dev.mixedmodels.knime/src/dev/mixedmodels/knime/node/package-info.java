/** What the nodes have around their models: ports, errors, warnings, progress. */
package dev.mixedmodels.knime.node;
