/** Fitted models as they are kept: what a fit found, without its data, and the file that holds it. */
package dev.mixedmodels.engine.model;
