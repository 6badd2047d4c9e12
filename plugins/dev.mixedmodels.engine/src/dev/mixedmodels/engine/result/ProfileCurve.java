package dev.mixedmodels.engine.result;

/**
 * The profile of a parameter: how much worse the data fit if it is held at other values.
 *
 * @param name what it is the parameter of
 * @param values values at which it was held, ascending
 * @param deviance how much -2 log likelihood is above its minimum there
 */
public record ProfileCurve(String name, double[] values, double[] deviance) {
}
