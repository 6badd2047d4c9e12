package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.ModelException.Row;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.model.StoredVisits;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Whether the rows can carry a covariance structure, with messages that name what is wrong. */
final class LayoutCheck {
    /** A response whose unit is a power of two with a larger exponent has variances beyond the range of numbers. */
    private static final int LARGEST_EXPONENT = 505;

    /** Part of an indicator that is rounding. */
    private static final double TAKEN = 1e-9;

    private final RepeatedRows rows;
    private final MarginalSettings.Layout layout;

    LayoutCheck(final RepeatedRows rows, final MarginalSettings.Layout layout) {
        this.rows = rows;
        this.layout = layout;
    }

    private static ModelException error(final String format, final Object... values) {
        return new ModelException(String.format(Locale.ROOT, format, values));
    }

    /** Whether the rows of another table fit together and to a fit. */
    void known(final StoredVisits visits) {
        rows();
        if (visits.structure().overPlaces() != null) {
            samePlaces(visits.structure());
        }
    }

    /** Whether the structure has the column that orders a subject's rows. */
    static void columns(final MarginalSettings.Layout layout, final VisitStructure structure) {
        if (layout.subject() == null && !structure.spatial()) {
            throw new ModelException("No subject column is chosen. Choose under \"Subject\" the column that tells "
                + "whose row it is. Only spatial structures do without: all rows are then correlated with one another.");
        }
        if (structure.spatial() && (layout.coordinates().isEmpty()
            || layout.coordinates().size() > MarginalSettings.MOST_COORDINATES)) {
            throw new ModelException("The structure \"" + structure + "\" goes by places, which one to "
                + MarginalSettings.MOST_COORDINATES + " columns of coordinates tell, but "
                + (layout.coordinates().isEmpty() ? "none is" : layout.coordinates().size() + " are")
                + " chosen. Choose them under \"Coordinates\".");
        }
        if (structure == VisitStructure.CONTINUOUS_AR1 && layout.time() == null) {
            throw new ModelException("The structure \"" + structure + "\" goes by real times, but no time column "
                + "is chosen. Choose one under \"Time\", or the structure \"AR(1)\", which goes by visits.");
        }
        final boolean exchangeable = structure == VisitStructure.INDEPENDENT
            || structure == VisitStructure.COMPOUND_SYMMETRY;
        if (structure.overPlaces() == null && !exchangeable && layout.visit() == null) {
            throw new ModelException("The structure \"" + structure + "\" goes by visits, but no visit column is "
                + "chosen. Choose one under \"Visit\"; without it only \"Independent\", \"Compound symmetry\", "
                + "over time \"AR(1) in continuous time\" and over coordinates the spatial structures exist.");
        }
    }

    /** Whether variances of the response are numbers, in the unit of the table. */
    static void response(final ModelDesign design) {
        if (Math.abs(Math.getExponent(design.responseUnit())) > LARGEST_EXPONENT) {
            throw error("The values of \"%s\" vary by about %.0e, so that their variances are too %s to be written as "
                + "numbers. Change the unit of the column.", design.responseName(), design.responseUnit(),
                design.responseUnit() > 1 ? "large" : "small");
        }
    }

    /** Whether an integer visit has so many levels that it must be a time. */
    static void visits(final ModelDesign design, final MarginalSettings.Layout layout,
        final VisitStructure structure) {
        final boolean byVisit = structure != VisitStructure.INDEPENDENT && structure.overPlaces() == null;
        if (layout.visit() != null && byVisit && design.factor(layout.visit()).size() > MarginalSettings.MOST_VISITS) {
            throw new ModelException("Visit column \"" + layout.visit() + "\" has "
                + design.factor(layout.visit()).size() + " levels, more than the " + MarginalSettings.MOST_VISITS
                + " that a structure over visits allows. If it is a point of time, choose it under \"Time\" and the "
                + "structure \"AR(1) in continuous time\".");
        }
    }

    /** Whether the rows fit together at all: one row a visit, one level of the grouping column a subject. */
    void rows() {
        for (int s = 0; s < rows.subjects(); s++) {
            for (int i = rows.index().start(s) + 1; i < rows.index().start(s + 1); i++) {
                final int row = rows.index().row(i);
                final int before = rows.index().row(i - 1);
                if (layout.visit() != null && rows.visit(i) == rows.visit(i - 1)) {
                    throw ModelException.of("Subject \"" + rows.subject().level(s) + "\" has two rows for visit \""
                        + rows.visits().get(rows.visit(i)) + "\" (rows ", new Row(Math.min(row, before)), " and ",
                        new Row(Math.max(row, before)), "). A visit may occur once for each subject: remove or average "
                            + "duplicates, or check the subject and visit columns.");
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
        if (structure.overPlaces() != null) {
            places(structure);
        } else if (structure != VisitStructure.INDEPENDENT) {
            if (visits > MarginalSettings.MOST_VISITS) {
                throw new ModelException("A subject has " + visits + " rows, more than the "
                    + MarginalSettings.MOST_VISITS
                    + " that the structure \"" + structure + "\" allows. Choose \"Independent\" or, with a time "
                    + "column, \"AR(1) in continuous time\".");
            }
            final boolean separate = structure != VisitStructure.DIAGONAL && visits > 1 && rows.index().largest() == 1;
            if (structure.leastVisits() > 2 && visits < structure.leastVisits()) {
                throw new ModelException("There are only " + visits + " visits, but the structure \"" + structure
                    + "\" says how correlations fall from one visit to the next but one. Choose \"AR(1)\".");
            }
            if (separate || visits < structure.leastVisits()) {
                throw new ModelException("No subject has more than one row, so that there is no correlation for the "
                    + "structure \"" + structure + "\". Choose \"Independent\", or check the subject and visit "
                    + "columns.");
            }
            for (int g = 0; g < rows.groups() && !structure.homogeneous(); g++) {
                variances(structure, g);
            }
        }
        for (int g = 0; g < rows.groups() && structure.sharesFreely(); g++) {
            shared(structure, g);
        }
        final long parameters = (long) structure.parameters(visits) * rows.groups();
        final long free = rows.index().size() - rows.columns();
        if (parameters > free && free > 0) {
            throw new ModelException("The structure \"" + structure + "\" has " + Words.count(parameters, "parameter")
                + ", but after " + Words.count(rows.columns(), "coefficient") + " of the mean "
                + Words.count(rows.index().size(), "row") + " leave only " + Words.count(free, "degree")
                + " of freedom. Choose a structure with fewer parameters.");
        }
        if (free < 1) {
            throw new ModelException(Words.capital(Words.there(rows.index().size(), "row")) + " for "
                + Words.count(rows.columns(), "coefficient") + " of the mean, so that nothing is left for the "
                + "covariance. Use fewer fixed effects.");
        }
    }

    private void places(final VisitStructure structure) {
        if (structure.spatial() && rows.index().largest() > MarginalSettings.MOST_PLACES) {
            throw new ModelException("A subject of \"" + rows.subject().name() + "\" has " + rows.index().largest()
                + " rows, more than the " + MarginalSettings.MOST_PLACES + " that the structure \"" + structure
                + "\" allows, whose work grows with their cube. Divide the subjects into parts that may be taken as "
                + "independent.");
        }
        if (!samePlaces(structure)) {
            throw new ModelException((rows.index().largest() == 1 ? "No subject has more than one row"
                : "No subject has rows at more than one place") + ", so that there is no correlation over "
                + (structure.spatial() ? "places" : "time") + ". Choose \"Independent\", or check the subject column and "
                + Words.quoted(layout.places(structure)) + ".");
        }
    }

    /** Whether some subject has rows at several places; without a nugget none may be at the place of another. */
    private boolean samePlaces(final VisitStructure structure) {
        boolean several = false;
        for (int s = 0; s < rows.subjects(); s++) {
            final int[] own = rows.index().rows(s);
            final double[][] places = rows.places(structure, own);
            final Map<List<Double>, Integer> taken = new HashMap<>();
            for (int i = 0; i < own.length; i++) {
                final int at = i;
                final Integer before = taken.putIfAbsent(Arrays.stream(places).map(place -> place[at] + 0.0).toList(), own[i]);
                if (before != null && !structure.overPlaces().nugget()) {
                    final List<String> columns = layout.places(structure);
                    final String where = IntStream.range(0, places.length)
                        .mapToObj(d -> Words.number(places[d][at]) + " in \"" + columns.get(d) + "\"")
                        .collect(Collectors.joining(" and "));
                    throw ModelException.of("Subject \"" + rows.subject().level(s) + "\" has two rows at "
                        + (structure.spatial() ? "the place " : "time ") + where + " (rows ", new Row(before), " and ",
                        new Row(own[i]), "), whose correlation would be 1. Remove or average duplicates"
                            + (structure.spatial() ? ", or allow for a nugget." : "."));
                }
            }
            several |= taken.size() > 1;
        }
        return several;
    }

    /** How many subjects of a group were seen at each visit. */
    private void variances(final VisitStructure structure, final int group) {
        final int[] seen = new int[rows.visits().size()];
        for (int s = 0; s < rows.subjects(); s++) {
            for (int i = rows.index().start(s); rows.group(s) == group && i < rows.index().start(s + 1); i++) {
                seen[rows.visit(i)]++;
            }
        }
        for (int j = 0; j < seen.length; j++) {
            if (seen[j] < 2) {
                throw error("Visit \"%s\" was seen by %s%s, so that the structure \"%s\" has no variance to estimate "
                    + "there. Leave the visit out, combine it with another, or choose a structure with one common "
                    + "variance.", rows.visits().get(j), seen[j] == 0 ? "no subject" : "one subject only", where(group),
                    structure);
            }
        }
    }

    /**
     * Whether the fixed effects leave anything of what all rows of a subject share. If the indicator of every subject
     * is a combination of the columns of X, restricted likelihood does not depend on its variance and maximum
     * likelihood puts it to its bound. With W'W = N I the squared length of the indicator's projection is |W'1|^2 / N;
     * rows are weighted.
     */
    private void shared(final VisitStructure structure, final int group) {
        final double[] w = new double[rows.columns()];
        for (int s = 0; s < rows.subjects(); s++) {
            final int start = rows.index().start(s);
            final int count = rows.index().start(s + 1) - start;
            if (rows.group(s) != group || count < 2) {
                continue;
            }
            final double[] sum = new double[w.length];
            double length = 0;
            for (int i = start; i < start + count; i++) {
                final int row = rows.index().row(i);
                final double weight = rows.design().weights().of(row);
                length += weight;
                rows.design().fixed().basisRow(row, w);
                for (int j = 0; j < w.length; j++) {
                    sum[j] += weight * w[j];
                }
            }
            if (length - Matrices.dot(sum, sum) / rows.index().size() > TAKEN * length) {
                return;
            }
        }
        final String all = rows.subjects() == 1 ? "There is only one subject in \"" + rows.subject().name() + "\""
            : "The fixed effects take up all differences between subjects" + where(group)
                + rows.design().formula().fixed().columns().stream().filter(this::tellsSubjectsApart).findFirst()
                    .map(name -> ", which \"" + name + "\" tells apart").orElse("");
        throw new ModelException(all + ", so that nothing is left from which to estimate what its rows have in common, "
            + "as the structure \"" + structure + "\" does. "
            + (rows.subjects() == 1 ? "Check the column under \"Subject\", or choose the structure \"Independent\" or "
                + "\"AR(1)\"." : "Take fixed effects out that are constant within subjects, or choose the structure "
                    + "\"Independent\"."));
    }

    private boolean tellsSubjectsApart(final String column) {
        return !rows.design().rows().frame().column(column).numeric()
            && rows.design().factor(column).nestedIn(rows.subject(), rows.design().rows().fitted());
    }

    private String where(final int group) {
        return rows.groups() == 1 ? "" : " where \"" + rows.by().name() + "\" is \"" + rows.groupName(group) + "\"";
    }
}
