package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.covariance.CorrelationParameter;

/** What it means that a parameter of a correlation over places lies on its bound. */
final class PlaceRemarks {
    private PlaceRemarks() {
    }

    /** A full sentence. */
    static String of(final CorrelationParameter parameter, final double value) {
        return switch (parameter) {
            case RHO_OF_TIME -> "The correlation over time is estimated as " + (value == 0
                ? "0, its smallest possible value: rows near in time are not more alike than others. The model is then "
                + "that of independent rows." : "1, its largest possible value: the rows of a subject are all but the "
                + "same.");
            case RANGE -> value == 0 ? "The range is estimated as 0: rows near one another are not more alike than "
                + "others. The model is then that of independent rows."
                : "The range is estimated as far beyond all distances, at the limit of what is computed: the "
                + "correlation does not fade within the distances of these rows.";
            case NUGGET -> value == 0 ? "The nugget is estimated as 0, its smallest possible value: the model is then "
                + "that without a nugget." : "The nugget is estimated as 1, its largest possible value: rows have "
                + "nothing in common at any distance, and the range has no meaning. The model is then that of "
                + "independent rows.";
            default -> throw new IllegalStateException(parameter + " is no parameter over places");
        };
    }
}
