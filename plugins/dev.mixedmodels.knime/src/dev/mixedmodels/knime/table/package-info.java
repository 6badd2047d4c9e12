/** Reading input tables and writing output tables. */
package dev.mixedmodels.knime.table;
