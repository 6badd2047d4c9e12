package dev.mixedmodels.knime.mixed;

import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.formula.Variable;
import dev.mixedmodels.knime.guess.TableFacts;
import dev.mixedmodels.knime.settings.ColumnChecks;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.InvalidSettingsException;

/** Columns of whole numbers that are codes of categories rather than numbers. */
final class NominalColumns {
    static final String TITLE = "Whole numbers taken as categories";
    static final String DESCRIPTION = """
        Columns of whole numbers whose values are names: visits 1, 2, 3, arms 1 and 2. As a fixed effect such a column \
        gets a coefficient for each level but the reference, instead of one slope.""";
    /** With more values a whole number is rather a number, with fewer there is no difference. */
    private static final int FEWEST = 3;
    private static final int MOST = 10;

    private NominalColumns() {
    }

    /** Refuses columns that have to be numbers. */
    static void check(final String[] columns, final DataTableSpec spec, final Formula model,
        final List<String> numbers) throws InvalidSettingsException {
        final Set<String> chosen = new HashSet<>();
        for (final String column : columns) {
            ColumnChecks.requireGrouping(spec, column, "categories", TITLE);
            ColumnChecks.requireDifferent(model.response().column(), MixedModelParameters.RESPONSE, column, TITLE);
            if (numbers.contains(column)) {
                throw new InvalidSettingsException("The column \"" + column + "\" is chosen under \"" + TITLE
                    + "\", and the model needs its numbers for a course over time, a slope, a centring or weights. "
                    + "Remove it from one of the two.");
            }
            if (!chosen.add(column)) {
                throw new InvalidSettingsException("The column \"" + column + "\" is chosen twice under \"" + TITLE
                    + "\". Remove one of the two.");
            }
        }
    }

    /** What the dialog says of a model's columns that may be codes and have one slope; empty if there is none. */
    static String remark(final Formula model, final Set<String> others, final TableFacts facts) {
        final List<String> codes = new ArrayList<>();
        long most = 0;
        final List<String> plain = model.fixed().terms().stream().flatMap(term -> term.variables().stream())
            .filter(Variable.Plain.class::isInstance).map(Variable::column).distinct().toList();
        for (final String column : plain) {
            final long values = others.contains(column) ? 0 : facts.wholeNumbers(column);
            if (values >= FEWEST && values <= MOST) {
                codes.add(column);
                most = Math.max(most, values);
            }
        }
        return codes.isEmpty() ? "" : ". Taken as " + (codes.size() == 1 ? "a number" : "numbers")
            + ", with one slope: " + Words.quoted(codes) + " (" + (codes.size() == 1 ? "" : "up to ") + most
            + " values). For a coefficient of each value choose " + (codes.size() == 1 ? "it" : "them") + " under \""
            + TITLE + "\" in the advanced settings.";
    }
}
