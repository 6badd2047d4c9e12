/** What a model without its data says about the rows of any table. */
package dev.mixedmodels.engine.prediction;
