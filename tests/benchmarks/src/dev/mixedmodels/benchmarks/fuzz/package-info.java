/** Random tables and settings for every node, and what must hold of whatever comes out. */
package dev.mixedmodels.benchmarks.fuzz;
