package dev.mixedmodels.engine.peer;

import dev.mixedmodels.engine.design.Coding;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.design.TestType;
import dev.mixedmodels.engine.frame.Frame;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a table must be prepared before another program fits the same model to it.
 *
 * @param complete columns without a value in some rows, which are then left out; empty if all rows are used
 * @param weights column of weights; null for none
 * @param factors columns that are nominal in the model, with their levels in order
 * @param coding contrasts of factors
 * @param centred columns that the model makes of others
 * @param dates columns of dates, which are numbers in the model
 * @param tests of terms of the mean
 * @param redundant whether columns of the mean are left out since others say the same
 */
public record CalledData(List<String> complete, String weights, List<Levels> factors, Coding coding,
    List<Centred> centred, List<Counted> dates, TestType tests, boolean redundant) {

    /**
     * A nominal column.
     *
     * @param column its name
     * @param numeric whether it holds numbers
     * @param levels in their order, the reference first
     */
    public record Levels(String column, boolean numeric, List<String> levels) {
    }

    /**
     * A covariate less a mean, or the mean.
     *
     * @param name of the column that is made
     * @param column the covariate
     * @param units columns whose combinations have means of their own; empty for one mean over all rows
     * @param mean whether it is the mean
     */
    public record Centred(String name, String column, List<String> units, boolean mean) {
    }

    /**
     * A column of dates that are numbers in the model.
     *
     * @param column its name
     * @param origin what the numbers are counted in and from, such as {@code days from 2020-01-01}
     */
    public record Counted(String column, String origin) {
        String sentence() {
            return column + " is a number, " + origin + ".";
        }
    }

    /**
     * @param columns those that the model uses
     * @param leftOut number of rows that are not in the fit
     * @param weights column of weights; null for none
     * @return data of a model without factors
     */
    public static CalledData plain(final List<String> columns, final long leftOut, final String weights) {
        return new CalledData(leftOut == 0 ? List.of() : columns, weights, List.of(), Coding.TREATMENT, List.of(),
            List.of(), TestType.III, false);
    }

    /**
     * @param design of a model
     * @param more columns that are nominal beside those of its terms, such as visits
     * @param centred columns that it made of others
     * @return its data
     */
    public static CalledData of(final ModelDesign design, final List<String> more, final List<Centred> centred) {
        final Frame frame = design.rows().frame();
        final DesignOptions options = design.options();
        final Set<String> used = new LinkedHashSet<>(design.formula().columns());
        used.addAll(options.alsoUsed());
        for (final Centred made : centred) {
            if (used.remove(made.name())) {
                used.add(made.column());
                used.addAll(made.units());
            }
        }
        final List<Levels> factors = design.nominal(more).stream().map(
            column -> new Levels(column, frame.column(column).numeric(), design.factor(column).levels())).toList();
        final List<Counted> dates = frame.names().stream().map(frame::column)
            .filter(column -> used.contains(column.name()) && !column.origin().isEmpty())
            .map(column -> new Counted(column.name(), column.origin())).toList();
        return new CalledData(design.figures().counts().leftOut() == 0 ? List.of() : List.copyOf(used),
            design.weights().column(),
            factors, options.coding(), centred, dates, options.tests(), !design.fixed().redundancies().isEmpty());
    }

    /** The levels of a nominal column. */
    Optional<Levels> levels(final String column) {
        return factors.stream().filter(factor -> factor.column().equals(column)).findFirst();
    }
}
