/** Nodes run with any table and settings, and what must hold of whatever comes out. */
package dev.mixedmodels.benchmarks.fuzz;
