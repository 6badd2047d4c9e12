package dev.mixedmodels.engine.model;

import dev.mixedmodels.engine.covariance.VisitStructure;
import java.util.List;

/**
 * The covariance of a subject's rows in a marginal model, and what predictions from observed visits need.
 *
 * @param subject column of the subject
 * @param visit column of the visit; null for none
 * @param visits its levels in their order in time, or numbers of the rows of a subject
 * @param time column of the time; null for none
 * @param coordinates columns of the place; null or empty for none
 * @param by column whose levels have covariance parameters of their own; null for none
 * @param structure covariance over visits or times
 * @param theta its parameters, group by group
 * @param timeUnit 0; in models that were kept before there were structures over coordinates the distance at which the
 *            second parameter over times is the logit of the correlation
 * @param open pairs of visits whose covariance the rows do not determine: group, visit, visit, one after the other
 * @param changing columns of the mean that change within subjects and are not those of a visit
 * @param centre what is taken off the response first
 * @param leastSquares coefficients of the working basis that are taken off next
 * @param beta coefficients of what is left
 */
public record StoredVisits(String subject, String visit, List<String> visits, String time, List<String> coordinates,
    String by, VisitStructure structure, double[] theta, double timeUnit, int[] open, List<String> changing,
    double centre, double[] leastSquares, double[] beta) {

    /**
     * @return the columns of the place; none in older models too
     */
    public List<String> columns() {
        return coordinates == null ? List.of() : coordinates;
    }

    /**
     * @return the columns that the structure goes by: that of the time or the coordinates; none if it goes by visits
     */
    public List<String> places() {
        return structure.spatial() ? coordinates : structure.overPlaces() != null ? List.of(time) : List.of();
    }
}
