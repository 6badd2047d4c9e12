package dev.mixedmodels.engine.peer;

import dev.mixedmodels.engine.covariance.VisitStructure;
import java.util.List;

/**
 * The covariance of the residuals of a subject; columns are null where they play no part.
 *
 * @param structure over the visits; without a column of visits, over the rows in order of time
 * @param subject whose rows are correlated
 * @param visit tells the visits apart
 * @param time orders the rows, or tells their distance
 * @param coordinates tell their place where the structure is spatial
 * @param structureBy each of its levels has parameters of its own
 * @param varianceBy each of its levels has a variance of its own
 * @param powerOf numeric column v, variances are proportional to |v|^(2 delta)
 */
public record CalledResiduals(VisitStructure structure, String subject, String visit, String time,
    List<String> coordinates, String structureBy, String varianceBy, String powerOf) {
    /** One variance, no correlation. */
    public static final CalledResiduals INDEPENDENT =
        new CalledResiduals(VisitStructure.INDEPENDENT, null, null, null, null, null, null);

    /** Without coordinates; the components are as above. */
    public CalledResiduals(final VisitStructure structure, final String subject, final String visit, final String time,
        final String structureBy, final String varianceBy, final String powerOf) {
        this(structure, subject, visit, time, List.of(), structureBy, varianceBy, powerOf);
    }

    /** The columns that tell distances. */
    List<String> places() {
        return coordinates.isEmpty() ? List.of(time) : coordinates;
    }

    /** Whether a structure that goes by steps takes the rows in order of time. */
    boolean inOrderOfTime() {
        return visit == null && (structure == VisitStructure.AR1 || structure == VisitStructure.ARMA11);
    }

    boolean independent() {
        return structure == VisitStructure.INDEPENDENT;
    }

    boolean oneVariance() {
        return structureBy == null && varianceBy == null && powerOf == null;
    }
}
