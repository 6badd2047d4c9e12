package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.ModelException.Row;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.design.ModelDesign;
import java.util.Locale;

/** Whether the rows can carry a covariance structure, with messages that name what is wrong. */
final class LayoutCheck {
    /** A response whose unit is a power of two with a larger exponent has variances beyond the range of numbers. */
    private static final int LARGEST_EXPONENT = 505;

    private final RepeatedData data;
    private final MarginalSettings.Layout layout;

    LayoutCheck(final RepeatedData data) {
        this.data = data;
        layout = data.settings().layout();
    }

    private static ModelException error(final String format, final Object... values) {
        return new ModelException(String.format(Locale.ROOT, format, values));
    }

    /** Whether the structure has the column that orders a subject's data. */
    static void columns(final MarginalSettings.Layout layout, final VisitStructure structure) {
        if (layout.subject() == null && !structure.spatial()) {
            throw new ModelException("No subject column is chosen. Choose under \"Subject\" the column that tells "
                + "whose row it is. Only spatial structures do without: all rows are then correlated with one "
                + "another.");
        }
        if (structure.spatial() && (layout.coordinates().isEmpty()
            || layout.coordinates().size() > MarginalSettings.MOST_COORDINATES)) {
            throw new ModelException("The structure \"" + structure + "\" goes by places, which one to "
                + MarginalSettings.MOST_COORDINATES + " columns of coordinates tell, but "
                + (layout.coordinates().isEmpty() ? "none is" : layout.coordinates().size() + " are")
                + " chosen. Choose them under \"Coordinates\".");
        }
        if (structure.overTime() && layout.time() == null) {
            throw new ModelException("The structure \"" + structure + "\" goes by real times, but no time column "
                + "is chosen. Choose one under \"Time\", or the structure \"AR(1)\", which goes by visits.");
        }
        final boolean exchangeable = structure == VisitStructure.INDEPENDENT || structure.classical();
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

    /** The error of a subject with two rows for a visit. */
    static ModelException twoRows(final Object subject, final String visit, final int row, final int other) {
        return ModelException.of("Subject \"", subject, "\" has two rows for visit \"" + visit + "\" (rows ",
            new Row(Math.min(row, other)), " and ", new Row(Math.max(row, other)), "). A visit may occur once for each "
                + "subject: remove or average duplicates, or check the subject and visit columns.");
    }

    /** The error of a subject with two levels of the column that groups covariance parameters. */
    static ModelException twoGroups(final Object subject, final String column, final String level, final String other) {
        return ModelException.of("Subject \"", subject, "\" has rows with \"" + level + "\" and \"" + other
            + "\" in column \"" + column + "\". The column that groups the covariance parameters must be constant "
            + "within a subject.");
    }

    /** Whether the rows bear the parameters of a structure. */
    void structure(final VisitStructure structure) {
        final int visits = data.visits().size();
        if (structure.overPlaces() != null) {
            places(structure);
        } else if (structure != VisitStructure.INDEPENDENT) {
            if (visits > MarginalSettings.MOST_VISITS) {
                throw new ModelException("A subject has " + visits + " rows, more than the "
                    + MarginalSettings.MOST_VISITS
                    + " that the structure \"" + structure + "\" allows. Choose \"Independent\" or, with a time "
                    + "column, \"AR(1) in continuous time\".");
            }
            final boolean separate = structure.correlated() && visits > 1 && data.patterns().largest() == 1;
            if (structure.leastVisits() > 2 && visits < structure.leastVisits()) {
                throw new ModelException("There are only " + visits + " visits, but the structure \"" + structure
                    + "\" says how correlations fall from one visit to the next but one. Choose \"AR(1)\".");
            }
            if (separate || visits < structure.leastVisits()) {
                throw new ModelException("No subject has more than one row, so that there is no correlation for the "
                    + "structure \"" + structure + "\". Choose \"Independent\", or check the subject and visit "
                    + "columns.");
            }
            for (int g = 0; g < data.groups() && !structure.homogeneous(); g++) {
                variances(structure, g);
            }
        }
        for (int g = 0; g < data.groups() && structure.sharesFreely(); g++) {
            shared(structure, g);
        }
        final long parameters = (long) structure.parameters(visits) * data.groups();
        final long free = data.size() - data.columns();
        if (parameters > free && free > 0) {
            throw new ModelException("The structure \"" + structure + "\" has " + Words.count(parameters, "parameter")
                + ", but after " + Words.count(data.columns(), "coefficient") + " of the mean "
                + Words.count(data.size(), "row") + " leave only " + Words.count(free, "degree")
                + " of freedom. Choose a structure with fewer parameters.");
        }
        if (free < 1) {
            throw new ModelException(Words.capital(Words.there(data.size(), "row")) + " for "
                + Words.count(data.columns(), "coefficient") + " of the mean, so that nothing is left for the "
                + "covariance. Use fewer fixed effects.");
        }
    }

    private void places(final VisitStructure structure) {
        if (structure.spatial() && data.patterns().largest() > MarginalSettings.MOST_PLACES) {
            throw new ModelException("A subject of \"" + data.subject().name() + "\" has " + data.patterns().largest()
                + " rows, more than the " + MarginalSettings.MOST_PLACES + " that the structure \"" + structure
                + "\" allows, whose work grows with their cube. Divide the subjects into parts that may be taken as "
                + "independent.");
        }
        if (!new RowsCheck(data.rows()).samePlaces(structure, layout.places(structure))) {
            throw new ModelException((data.patterns().largest() == 1 ? "No subject has more than one row"
                : "No subject has rows at more than one place") + ", so that there is no correlation over "
                + (structure.spatial() ? "places" : "time") + ". Choose \"Independent\", or check the subject column "
                + "and "
                + Words.quoted(layout.places(structure)) + ".");
        }
    }

    /** How many subjects of a group were seen at each visit. */
    private void variances(final VisitStructure structure, final int group) {
        for (int j = 0; j < data.visits().size(); j++) {
            final long seen = data.patterns().seen(group, j);
            if (seen < 2) {
                throw error("Visit \"%s\" was seen by %s%s, so that the structure \"%s\" has no variance to estimate "
                    + "there. Leave the visit out, combine it with another, or choose a structure with one common "
                    + "variance.", data.visits().get(j), seen == 0 ? "no subject" : "one subject only", where(group),
                    structure);
            }
        }
    }

    /** Whether the fixed effects leave anything of what all rows of a subject share. */
    private void shared(final VisitStructure structure, final int group) {
        if (data.patterns().differ(group)) {
            return;
        }
        final String all = data.subjects() == 1 ? "There is only one subject in \"" + data.subject().name() + "\""
            : "The fixed effects take up all differences between subjects" + where(group)
                + data.design().formula().fixed().columns().stream().filter(this::tellsSubjectsApart).findFirst()
                    .map(name -> ", which \"" + name + "\" tells apart").orElse("");
        throw new ModelException(all + ", so that nothing is left from which to estimate what its rows have in common, "
            + "as the structure \"" + structure + "\" does. "
            + (data.subjects() == 1 ? "Check the column under \"Subject\", or choose the structure \"Independent\" or "
                + "\"AR(1)\"." : "Take fixed effects out that are constant within subjects, or choose the structure "
                    + "\"Independent\"."));
    }

    private boolean tellsSubjectsApart(final String column) {
        return !data.design().rows().frame().column(column).numeric() && data.constant(column)
            && data.design().factor(column).size() == data.subject().size();
    }

    private String where(final int group) {
        return data.groups() == 1 ? "" : " where \"" + data.by().name() + "\" is \"" + data.groupName(group) + "\"";
    }
}
