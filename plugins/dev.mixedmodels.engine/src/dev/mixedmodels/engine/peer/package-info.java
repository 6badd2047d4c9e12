/** A fitted model as the call of another program that gives the same figures. */
package dev.mixedmodels.engine.peer;
