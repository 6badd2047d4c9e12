/** The models of the nodes on Apache Spark: the same settings, the same tables. */
package dev.mixedmodels.spark;
