package dev.mixedmodels.engine.picture;

/**
 * A unit for the response beside its own: (y - centre) / unit.
 *
 * @param name what the unit is, in the plural; empty where there is none
 * @param response name of the response
 * @param centre what becomes 0
 * @param unit what becomes 1, positive
 */
public record Scale(String name, String response, double centre, double unit) {
    /** Makes the name short enough to be shown. */
    public Scale {
        response = Labels.label(response);
    }

    /**
     * @param response name of the response
     * @param centre mean of the response
     * @param standardDeviation of the residuals; unless it is positive, there is no other unit
     * @return residual standard deviations
     */
    public static Scale residual(final String response, final double centre, final double standardDeviation) {
        return standardDeviation > 0 && Double.isFinite(centre) && Double.isFinite(standardDeviation)
            ? new Scale("Residual standard deviations", response, centre, standardDeviation) : none(response);
    }

    /**
     * @param response name of the response
     * @return no other unit
     */
    public static Scale none(final String response) {
        return new Scale("", response, 0, 1);
    }
}
