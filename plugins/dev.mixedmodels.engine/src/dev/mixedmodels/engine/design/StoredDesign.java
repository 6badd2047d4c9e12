package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.formula.Grouping;
import dev.mixedmodels.engine.formula.Variable;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.FrameBuilder;
import dev.mixedmodels.engine.frame.MissingValues;
import dev.mixedmodels.engine.frame.ModelFrame;
import dev.mixedmodels.engine.frame.NumberedLevels;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a design found in the rows that it was made from, so that it can be applied to others: levels and their order,
 * which columns are kept, the working basis, means of covariates. Small but for the levels of grouping factors.
 *
 * @param formula the model
 * @param coding contrasts of factors
 * @param nominal numeric columns that are factors in the terms of the model
 * @param alsoUsed columns that the model uses beside those of its formula
 * @param factors of nominal fixed effects, random effects and other roles
 * @param groupings combinations of columns that random terms group by
 * @param numbers numeric columns of the fixed effects
 * @param curves the variables that depend on the fitted rows
 * @param meanOffset mean of the offset over the fitted rows, in the unit of the response
 * @param responseUnit what the response is divided by, a power of two
 * @param kept indices of the kept columns of X among all
 * @param combinations for each column of X that is not kept its combination of the kept ones; null for kept columns
 * @param shift of the working basis
 * @param triangle of the working basis
 * @param cells how many rows have each combination of levels of the factors in the mean; null where that is not kept
 * @param weights column of weights, by which the residual variance of a row is divided; null for none. Predictions
 *            take 1 where a table does not have it
 */
public record StoredDesign(Formula formula, Coding coding, List<String> nominal, List<String> alsoUsed,
    List<Levels> factors, List<Combinations> groupings, List<ColumnSummary> numbers, List<FoundCurve> curves,
    double meanOffset,
    double responseUnit, int[] kept, double[][] combinations, double[] shift, double[][] triangle, Cells cells,
    String weights) implements Serializable {

    /**
     * The levels of a column.
     *
     * @param column name of the column
     * @param levels in order
     * @param first index of the level that is first by nature, whatever the reference
     * @param shares of the fitted rows, by level; null where nobody needs them
     */
    public record Levels(String column, List<String> levels, int first, double[] shares) implements Serializable {
        private Levels named() {
            return levels instanceof NumberedLevels numbered ? new Levels(column, numbered.named(), first, shares)
                : this;
        }
    }

    /**
     * The combinations of the levels of two factors that occur, in their order.
     *
     * @param grouping the columns
     * @param outer code of the level of all columns but the last
     * @param inner code of the level of the last column
     */
    public record Combinations(Grouping grouping, int[] outer, int[] inner) implements Serializable {
    }

    /**
     * @param design a design
     * @param roles further columns whose levels are needed, such as those of visits
     * @return what it found
     */
    public static StoredDesign of(final ModelDesign design, final String... roles) {
        final StoredDesign found = design.table().stored();
        final FixedDesign x = design.fixed();
        final double[][] combinations = new double[x.allNames().size()][];
        for (int j = 0; j < combinations.length; j++) {
            combinations[j] = Arrays.binarySearch(x.kept(), j) >= 0 ? null : x.redundancy().combination(j);
        }
        final List<Levels> levels = new ArrayList<>(found.factors);
        Arrays.stream(roles).distinct().filter(role -> !found.hasLevels(role))
            .forEach(role -> levels.add(new Levels(role, design.factor(role).levels(), 0, null)));
        return new StoredDesign(found.formula, found.coding, found.nominal, found.alsoUsed, levels, found.groupings,
            found.numbers, found.curves, found.meanOffset, found.responseUnit, x.kept(), combinations,
            x.basis().shift(), x.basis().triangle(), found.cells, found.weights);
    }

    /**
     * @param role a column whose levels are not needed any more, unless it is part of the formula
     * @return the same without them
     */
    public StoredDesign without(final String role) {
        return formula.columns().contains(role) ? this : new StoredDesign(formula, coding, nominal, alsoUsed,
            factors.stream().filter(f -> !f.column().equals(role)).toList(), groupings, numbers, curves, meanOffset,
            responseUnit, kept, combinations, shift, triangle, cells, weights);
    }

    /** The same with the combinations of levels that occur. */
    StoredDesign with(final List<Combinations> foundGroupings, final Cells foundCells) {
        return new StoredDesign(formula, coding, nominal, alsoUsed, factors, foundGroupings, numbers, curves,
            meanOffset, responseUnit, kept, combinations, shift, triangle, foundCells, weights);
    }

    /**
     * @return the same with the names of all levels, to be kept where the rows are no more
     */
    public StoredDesign named() {
        return new StoredDesign(formula, coding, nominal, alsoUsed, factors.stream().map(Levels::named).toList(),
            groupings, numbers, curves, meanOffset, responseUnit, kept, combinations, shift, triangle, cells, weights);
    }

    boolean hasLevels(final String column) {
        return factors.stream().anyMatch(f -> f.column().equals(column));
    }

    DesignOptions options() {
        return new DesignOptions(coding, MissingValues.OMIT_ROWS, Map.of(), Set.copyOf(nominal),
            new LinkedHashSet<>(alsoUsed), false, weights, TestType.III);
    }

    /**
     * @return the working basis W = X T of the kept columns
     */
    public WorkingBasis basis() {
        return new WorkingBasis(shift, triangle);
    }

    /**
     * @param column name of a column whose levels are kept
     * @return its levels
     */
    public Levels factor(final String column) {
        return factors.stream().filter(f -> f.column().equals(column)).findFirst().orElseThrow();
    }

    Combinations combinations(final Grouping grouping) {
        return groupings.stream().filter(c -> c.grouping().equals(grouping)).findFirst().orElseThrow();
    }

    FoundCurve curve(final Variable variable) {
        return curves.stream().filter(c -> c.variable().equals(variable)).findFirst().orElseThrow();
    }

    /**
     * @param column name of a numeric column of the fixed effects
     * @return what the fitted rows have in it
     */
    public ColumnSummary summary(final String column) {
        return numbers.stream().filter(n -> n.column().equals(column)).findFirst().orElseThrow();
    }

    /**
     * @return all columns that predictions need, without the response
     */
    public Set<String> columns() {
        final Set<String> columns = new LinkedHashSet<>(formula.columns());
        columns.addAll(alsoUsed);
        columns.remove(formula.response().column());
        return columns;
    }

    /**
     * @param column a column of the model
     * @return whether it is nominal in the fixed effects, so that a level that did not occur has no prediction
     */
    public boolean isFixedFactor(final String column) {
        return factors.stream().anyMatch(f -> f.column().equals(column) && f.shares() != null);
    }

    /**
     * @param column a column of the model
     * @return whether it is nominal in the fixed or random effects, so that whole numbers in it are names
     */
    public boolean isNominal(final String column) {
        return isFixedFactor(column) || factors.stream().anyMatch(f -> f.column().equals(column))
            && formula.random().stream().anyMatch(term -> term.effects().columns().contains(column));
    }

    /**
     * @return the fixed effects without any row
     */
    public FixedDesign fixed() {
        final Set<String> numeric = new LinkedHashSet<>(formula.response().columns());
        formula.offsets().forEach(offset -> numeric.addAll(offset.columns()));
        numbers.forEach(number -> numeric.add(number.column()));
        final FrameBuilder frame = new FrameBuilder(0);
        numeric.forEach(frame::addNumeric);
        formula.fixed().columns().stream().filter(column -> !numeric.contains(column)).forEach(frame::addNominal);
        final VariableTable table = new VariableTable(new DesignBinder(this),
            ModelFrame.ofNew(frame.build(), formula.response().column(), formula.fixed().columns()), options());
        return FixedDesign.known(table, table.response(formula).offset());
    }

    /**
     * Applies the design to other rows. No row needs to be complete; a row has NaN in X where a value is missing, a
     * level did not occur in the fit, or a function of a column does not exist.
     *
     * @param frame the table, with all {@link #columns} and the response
     * @return the design over its rows: those with a response are called fitted there, the others predicted
     */
    public ModelDesign bind(final Frame frame) {
        return new DesignBinder(this).bind(frame);
    }
}
