package dev.mixedmodels.knime.mixed;

/**
 * What every node with a formula declares itself, since texts and choices are its own.
 *
 * @param formula the model as a formula
 * @param fixedEffects columns with main effects, null where nobody has chosen and they are to be guessed
 * @param unit the column whose values repeat in a model made of columns
 */
public record Own(String formula, String[] fixedEffects, String unit) {
}
