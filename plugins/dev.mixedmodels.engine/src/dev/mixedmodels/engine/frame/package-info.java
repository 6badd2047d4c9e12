/** The data of a model: columns in primitive arrays, factors and their level order, missing values. */
package dev.mixedmodels.engine.frame;
