package dev.mixedmodels.engine.design;

/** What is tested of a term of the mean, in the words of SAS and lmerTest. */
public enum TestType {
    /** Sequential: beside the terms before it in the formula. */
    I,
    /** Beside all terms that do not contain it. */
    II,
    /** Marginal: beside all other terms; main effects average over the levels of what they interact with. */
    III
}
