package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Factor;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.ModelFrame;
import dev.mixedmodels.engine.frame.RowCounts;
import dev.mixedmodels.engine.frame.RowSource;
import dev.mixedmodels.engine.frame.RowSpan;
import dev.mixedmodels.engine.frame.RowWeights;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/** A formula applied to a frame: rows, response, X and Z. What every model starts from. */
public final class ModelDesign {
    private final Formula formula;
    private final VariableTable table;
    private final Response response;
    private final FixedDesign fixed;
    private final List<RandomDesign> random;
    private final DesignSearch search; // null of a design that was found in other rows

    private ModelDesign(final VariableTable table, final DesignSearch search) {
        this.table = table;
        this.search = search;
        formula = table.stored().formula();
        response = table.response(formula);
        fixed = search == null ? FixedDesign.known(table, response.offset())
            : FixedDesign.of(table, response.offset(), search.products());
        random = formula.random().stream().map(term -> RandomDesign.of(term, table)).toList();
    }

    /** A design found in other rows, applied to these. */
    static ModelDesign known(final VariableTable table) {
        return new ModelDesign(table, null);
    }

    /**
     * Applies a formula to a frame.
     *
     * @param frame the table
     * @param formula the model
     * @param options coding, missing values, order of levels
     * @param warnings receives what was left out: rows, redundant columns; and random slopes without a fixed effect
     * @return the design
     * @throws ModelException if a column does not exist or has the wrong type, if no row is left, if a transformation
     *         does not exist in a row, or if a factor has one level only
     */
    public static ModelDesign of(final Frame frame, final Formula formula, final DesignOptions options,
        final Warnings warnings) {
        return of(frame, formula, options, Progress.NONE, warnings);
    }

    /**
     * Applies a formula to a frame, as above.
     *
     * @param frame the table
     * @param formula the model
     * @param options coding, missing values, order of levels
     * @param progress asked whether the user cancelled
     * @param warnings receives what was left out
     * @return the design
     * @throws ModelException as above
     * @throws java.util.concurrent.CancellationException if the user cancelled
     */
    public static ModelDesign of(final Frame frame, final Formula formula, final DesignOptions options,
        final Progress progress, final Warnings warnings) {
        return of(frame, formula, options, List.of(), progress, warnings);
    }

    /**
     * Applies a formula to a table that need not be in memory, as above. If it is not, the design has no rows of its
     * own: {@link StoredDesign} applies it to a part after the other.
     *
     * @param source the table
     * @param formula the model
     * @param options coding, missing values, order of levels
     * @param roles columns beside those of the formula whose levels are needed
     * @param progress of the passes
     * @param warnings receives what was left out
     * @return the design
     * @throws ModelException as above
     * @throws java.util.concurrent.CancellationException if the user cancelled
     */
    public static ModelDesign of(final RowSource source, final Formula formula, final DesignOptions options,
        final Collection<String> roles, final Progress progress, final Warnings warnings) {
        source.header().numeric(formula.response().column());
        final DesignSearch search = DesignSearch.of(source, formula, options, roles, progress);
        final ModelDesign design = new ModelDesign(search.table(), search);
        final RowCounts rows = search.figures().counts();
        if (rows.leftOut() > 0) {
            warnings.add(rows.message() + ".");
        }
        final List<String> redundant = design.fixed.redundancies();
        if (!redundant.isEmpty()) {
            warnings.add("Redundant columns of the fixed effects are left out: " + String.join("; ", redundant) + ".");
        }
        if (design.fixed.columns() == 0) {
            warnings.add("The model has no fixed effect, so that the mean is 0 in all rows: the tables of fixed "
                + "effects, with their naive standard errors, and of least-squares means are empty, and the fixed "
                + "effects explain nothing of the variance.");
        }
        search.outsideKnots().forEach((what, count) -> warnings.add(Words.count(count, "row") + " " + what));
        RandomRemarks.add(search.table(), warnings);
        return design;
    }

    /**
     * @return a sentence, with a space before it, about an intercept that || sets beside all levels of a factor, whose
     *         variance the data cannot determine; empty if there is none
     */
    public String interceptAmongLevels() {
        return formula.random().stream().map(term -> RandomRemarks.interceptAmongLevels(term, table))
            .filter(said -> !said.isEmpty()).findFirst()
            .orElse("");
    }

    /**
     * @return how many rows lie outside of the outer knots of B-splines, by what is to be said of them after "3 rows"
     */
    public Map<String, Long> outsideKnots() {
        return OutsideKnots.of(formula, table);
    }

    /**
     * @return the model
     */
    public Formula formula() {
        return formula;
    }

    /**
     * @return which rows are fitted, predicted and left out
     */
    public ModelFrame rows() {
        return table.rows();
    }

    /**
     * @return how messages name what is modelled: the column, or {@code log(y)}, or {@code y - offset(x)}
     */
    public String responseName() {
        return response.name();
    }

    /**
     * The unit in which the response is measured: 1 unless the options ask for one of its own, which is a power of two
     * near the spread of the response times the root of the mean weight. Squares and fourth powers of residuals are
     * then far from the ends of the range of numbers, and a response in any unit has the same fit.
     *
     * @return the unit, positive
     */
    public double responseUnit() {
        return response.unit();
    }

    /**
     * @param row row of the frame
     * @return the response, transformed as the formula says and less the offset, in {@link #responseUnit}; NaN if
     *         missing
     */
    public double response(final int row) {
        return response.value(row);
    }

    /**
     * The response in some rows, as above.
     *
     * @param span the rows
     * @param y receives it
     */
    public void response(final RowSpan span, final double[] y) {
        response.values(span, y);
    }

    /**
     * @return the weights of the rows, by which residual variances are divided
     */
    public RowWeights weights() {
        return rows().weights();
    }

    /**
     * @return what -2 log likelihood of the rows multiplied by the roots of their weights exceeds that of the rows by
     */
    public double logWeights() {
        return figures().logWeights();
    }

    /**
     * @return the largest absolute response of the fitted rows, multiplied by the root of the weight
     */
    public double largestResponse() {
        return figures().largest();
    }

    /**
     * @return what is known of the rows as a whole
     * @throws NullPointerException if the design was found in other rows
     */
    public RowFigures figures() {
        return search.figures();
    }

    /**
     * @param role a column whose levels were asked for beside those of the formula
     * @return fitted rows of each of its levels, in their order
     */
    public int[] rowsOfLevels(final String role) {
        return search.rowsOfLevels().get(role).clone();
    }

    /**
     * @return products of the columns of Z of all terms: of all of them, and of each block of independent effects if
     *         there are several
     */
    public List<RandomProducts> randomProducts() {
        return search.random();
    }

    /**
     * @return X
     */
    public FixedDesign fixed() {
        return fixed;
    }

    /**
     * @return Z, term by term
     */
    public List<RandomDesign> random() {
        return random;
    }

    /**
     * @param column any column
     * @return its factor over the fitted rows, levels in the order of the options
     * @throws ModelException if the column is numeric and has values that are not whole
     */
    public Factor factor(final String column) {
        return table.factor(column);
    }

    /**
     * @return for each row of the frame the response as the table has it; NaN if the row is not in the fit
     */
    public IntToDoubleFunction usedResponses() {
        final BitSet used = rows().fitted().set();
        final Column column = rows().frame().numeric(formula.response().column());
        return row -> used.get(row) ? column.value(row) : Double.NaN;
    }

    /**
     * @param column a numeric column of the model
     * @return what the fitted rows have in it
     */
    public ColumnSummary summary(final String column) {
        return table.stored().summary(column);
    }

    /**
     * @return how columns of the table enter the model
     */
    public DesignOptions options() {
        return table.options();
    }

    /**
     * @param more columns that have levels beside those of the formula, such as visits
     * @return columns that have levels, and that are nowhere taken as numbers
     */
    public List<String> nominal(final List<String> more) {
        return table.nominal(formula, more);
    }

    /**
     * @return applies the design to other rows, or to its own a part after the other
     */
    public DesignBinder binder() {
        return table.binder().with(StoredDesign.of(this));
    }

    VariableTable table() {
        return table;
    }
}
