package dev.mixedmodels.engine.peer;

import dev.mixedmodels.engine.covariance.VisitStructure;

/**
 * The covariance of the residuals of a subject; columns are null where they play no part.
 *
 * @param structure over the visits; without a column of visits, over the rows in order of time
 * @param subject whose rows are correlated
 * @param visit tells the visits apart
 * @param time orders the rows, or tells their distance
 * @param structureBy each of its levels has parameters of its own
 * @param varianceBy each of its levels has a variance of its own
 * @param powerOf numeric column v, variances are proportional to |v|^(2 delta)
 */
public record CalledResiduals(VisitStructure structure, String subject, String visit, String time, String structureBy,
    String varianceBy, String powerOf) {
    /** One variance, no correlation. */
    public static final CalledResiduals INDEPENDENT =
        new CalledResiduals(VisitStructure.INDEPENDENT, null, null, null, null, null, null);

    boolean independent() {
        return structure == VisitStructure.INDEPENDENT;
    }

    boolean oneVariance() {
        return structureBy == null && varianceBy == null && powerOf == null;
    }
}
