package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.design.ModelDesign;
import java.util.Locale;

/** Whether the rows can carry a covariance structure, with messages that name what is wrong. */
final class LayoutCheck {
    /** A discrete structure over more visits would need matrices that are no longer small. */
    static final int MOST_VISITS = 200;

    private final RepeatedRows rows;
    private final MarginalSettings.Layout layout;

    LayoutCheck(final RepeatedRows rows, final MarginalSettings.Layout layout) {
        this.rows = rows;
        this.layout = layout;
    }

    private static ModelException error(final String format, final Object... values) {
        return new ModelException(String.format(Locale.ROOT, format, values));
    }

    /** Whether the structure has the column that orders a subject's rows. */
    static void columns(final MarginalSettings.Layout layout, final VisitStructure structure) {
        if (layout.subject() == null) {
            throw new ModelException("Choose the subject: the column that tells whose row it is.");
        }
        if (structure.overTime() && layout.time() == null) {
            throw new ModelException("The structure " + structure + " goes by real times, but no time column is "
                + "chosen. Choose one, or AR1, which goes by visits.");
        }
        final boolean exchangeable = structure == VisitStructure.INDEPENDENT
            || structure == VisitStructure.COMPOUND_SYMMETRY;
        if (!structure.overTime() && !exchangeable && layout.visit() == null) {
            throw new ModelException("The structure " + structure + " goes by visits, but no visit column is chosen. "
                + "Choose one; without it only INDEPENDENT, COMPOUND_SYMMETRY and, over time, CONTINUOUS_AR1 exist.");
        }
    }

    /** Whether an integer visit has so many levels that it must be a time. */
    static void visits(final ModelDesign design, final MarginalSettings.Layout layout,
        final VisitStructure structure) {
        final boolean byVisit = structure != VisitStructure.INDEPENDENT && !structure.overTime();
        if (layout.visit() != null && byVisit && design.factor(layout.visit()).size() > MOST_VISITS) {
            throw new ModelException("Visit column \"" + layout.visit() + "\" has "
                + design.factor(layout.visit()).size() + " levels, more than the " + MOST_VISITS + " that a structure "
                + "over visits allows. If it is a point of time, choose it as time and the structure CONTINUOUS_AR1.");
        }
    }

    /** Whether the rows fit together at all: one row a visit, one level of the grouping column a subject. */
    void rows() {
        for (int s = 0; s < rows.subjects(); s++) {
            for (int i = rows.index().start(s) + 1; i < rows.index().start(s + 1); i++) {
                final int row = rows.index().row(i);
                final int before = rows.index().row(i - 1);
                if (layout.visit() != null && rows.visit(i) == rows.visit(i - 1)) {
                    throw error("Subject \"%s\" has two rows for visit \"%s\" (rows %d and "
                        + "%d). A visit may occur once for each subject: remove or average duplicates, or check the "
                        + "subject and visit columns.", rows.subject().level(s), rows.visits().get(rows.visit(i)),
                        Math.min(row, before) + 1, Math.max(row, before) + 1);
                }
                if (rows.by() != null && rows.by().code(row) != rows.by().code(before)) {
                    throw error("Subject \"%s\" has rows with \"%s\" and \"%s\" in column "
                        + "\"%s\". The column that groups the covariance parameters must be constant within a subject.",
                        rows.subject().level(s), rows.by().level(rows.by().code(before)),
                        rows.by().level(rows.by().code(row)), rows.by().name());
                }
            }
        }
    }

    /** Whether the rows bear the parameters of a structure. */
    void structure(final VisitStructure structure) {
        final int visits = rows.visits().size();
        if (structure.overTime()) {
            times();
        } else if (structure != VisitStructure.INDEPENDENT) {
            if (visits > MOST_VISITS) {
                throw new ModelException("A subject has " + visits + " rows, more than the " + MOST_VISITS
                    + " that " + structure + " allows. Choose INDEPENDENT or, with a time column, CONTINUOUS_AR1.");
            }
            if (visits < structure.leastVisits()) {
                throw new ModelException("No subject has more than one row, so that there is no correlation for the "
                    + "structure " + structure + ". Choose INDEPENDENT, or check the subject and visit columns.");
            }
            for (int g = 0; g < rows.groups(); g++) {
                pairs(structure, g);
            }
        }
        final long parameters = (long) structure.parameters(structure.overTime() ? 1 : visits) * rows.groups();
        final long free = rows.index().size() - rows.columns();
        if (parameters > free || parameters == free && free > 1) {
            throw error("The structure %s has %d parameters, but the %d rows leave only %d "
                + "degrees of freedom after %d coefficients of the mean. Choose a structure with fewer parameters.",
                structure, parameters, rows.index().size(), free, rows.columns());
        }
        if (free < 1) {
            throw new ModelException("There are " + rows.index().size() + " rows for " + rows.columns()
                + " coefficients of the mean, so that nothing is left for the covariance. Use fewer fixed effects.");
        }
    }

    private void times() {
        boolean repeated = false;
        for (int s = 0; s < rows.subjects(); s++) {
            for (int i = rows.index().start(s) + 1; i < rows.index().start(s + 1); i++) {
                repeated = true;
                final double time = rows.time(rows.index().row(i));
                if (rows.time(rows.index().row(i - 1)) == time) {
                    throw new ModelException("Subject \"" + rows.subject().level(s) + "\" has two rows at time " + time
                        + " in \"" + layout.time() + "\" (rows " + (rows.index().row(i - 1) + 1) + " and "
                        + (rows.index().row(i) + 1) + "), whose correlation would be 1. Remove or average duplicates.");
                }
            }
        }
        if (!repeated) {
            throw new ModelException("No subject has more than one row, so that there is no correlation over time. "
                + "Choose INDEPENDENT, or check the subject column.");
        }
    }

    /** How often visits were seen, alone and together, by the subjects of a group. */
    private void pairs(final VisitStructure structure, final int group) {
        final int n = rows.visits().size();
        final int[][] together = new int[n][n];
        for (int s = 0; s < rows.subjects(); s++) {
            if (rows.group(s) == group) {
                final int end = rows.index().start(s + 1);
                for (int i = rows.index().start(s); i < end; i++) {
                    for (int j = rows.index().start(s); j < end; j++) {
                        together[rows.visit(i)][rows.visit(j)]++;
                    }
                }
            }
        }
        final String where = rows.groups() == 1 ? "" : " where \"" + rows.by().name() + "\" is \""
            + rows.groupName(group) + "\"";
        for (int j = 0; j < n && !structure.homogeneous(); j++) {
            if (together[j][j] < 2) {
                throw error("Visit \"%s\" was seen by %s subject only%s, so that %s has no "
                    + "variance to estimate there. Leave the visit out, combine it with another, or choose a structure "
                    + "with one common variance.", rows.visits().get(j), together[j][j] == 0 ? "no" : "one", where,
                    structure);
            }
        }
        if (structure == VisitStructure.UNSTRUCTURED) {
            unstructured(together, where);
        } else if (structure == VisitStructure.TOEPLITZ || structure == VisitStructure.HETEROGENEOUS_TOEPLITZ) {
            lags(structure, together, where);
        }
    }

    private void unstructured(final int[][] together, final String where) {
        for (int j = 0; j < together.length; j++) {
            for (int k = 0; k < j; k++) {
                if (together[j][k] == 0) {
                    throw error("No subject was seen at both visits \"%s\" and \"%s\"%s, so "
                        + "that UNSTRUCTURED has no covariance to estimate there. Choose a structure with fewer "
                        + "parameters, such as HETEROGENEOUS_COMPOUND_SYMMETRY.", rows.visits().get(k),
                        rows.visits().get(j), where);
                }
            }
        }
    }

    private void lags(final VisitStructure structure, final int[][] together, final String where) {
        for (int lag = 1; lag < together.length; lag++) {
            int pairs = 0;
            for (int j = lag; j < together.length; j++) {
                pairs += together[j][j - lag];
            }
            if (pairs == 0) {
                throw error("No subject was seen at two visits that are %d apart%s, so that "
                    + "%s has no correlation to estimate there. Choose AR1 or COMPOUND_SYMMETRY.", lag, where,
                    structure);
            }
        }
    }
}
