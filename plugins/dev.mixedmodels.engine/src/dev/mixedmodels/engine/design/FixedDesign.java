package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.formula.Term;
import dev.mixedmodels.engine.frame.RowSpan;
import dev.mixedmodels.engine.numeric.CrossProducts;
import dev.mixedmodels.engine.numeric.OrderedCholesky;
import java.util.Arrays;
import java.util.List;

/**
 * The matrix X of fixed effects, row by row, without its redundant columns. Cross-products over the fitted rows tell
 * the rank, in the order of the terms, on centred and scaled columns; later columns are dropped first. Immutable and
 * safe for several threads.
 */
public final class FixedDesign {
    private final ModelMatrix matrix;
    private final VariableTable table;
    private final CrossProducts products;
    private final OrderedCholesky cholesky;
    private final DesignColumn[] columns;
    private final int[] kept;
    private final WorkingBasis basis;
    private final Redundancy redundancy;
    private final Offset offset;
    private EstimableFunctions functions; // made when first asked for

    private FixedDesign(final ModelMatrix matrix, final VariableTable table, final Offset offset,
        final CrossProducts products) {
        this.matrix = matrix;
        this.table = table;
        this.offset = offset;
        this.products = products;
        final boolean intercept = matrix.terms().intercept();
        cholesky = OrderedCholesky.of(products, matrix.size(), matrix.base());
        kept = cholesky.kept();
        columns = Arrays.stream(kept).mapToObj(matrix.columns()::get).toArray(DesignColumn[]::new);
        basis = new WorkingBasis(products, cholesky, intercept);
        redundancy = Redundancy.of(products, cholesky, matrix.size(), intercept);
    }

    private FixedDesign(final ModelMatrix matrix, final VariableTable table, final Offset offset) {
        final StoredDesign stored = table.stored();
        this.matrix = matrix;
        this.table = table;
        this.offset = offset;
        products = null;
        cholesky = null;
        kept = stored.kept();
        columns = Arrays.stream(kept).mapToObj(matrix.columns()::get).toArray(DesignColumn[]::new);
        basis = stored.basis();
        redundancy = new Redundancy(kept, stored.combinations());
    }

    /** The columns as they were found in other rows: which are kept, and the basis. */
    static FixedDesign known(final VariableTable table, final Offset offset) {
        return new FixedDesign(ModelMatrix.coded(table.stored().formula().fixed(), table), table, offset);
    }

    /**
     * Finds the redundant columns.
     *
     * @param table the variables
     * @param offset what the mean has beside
     * @param products cross-products of all columns and, last, the response less the offset
     */
    static FixedDesign of(final VariableTable table, final Offset offset, final CrossProducts products) {
        return new FixedDesign(ModelMatrix.coded(table.stored().formula().fixed(), table), table, offset, products);
    }

    /**
     * @return number p of columns that are kept, the rank of X; 0 if the mean is 0
     */
    public int columns() {
        return columns.length;
    }

    /**
     * @return names of the kept columns
     */
    public List<String> names() {
        return Arrays.stream(columns).map(DesignColumn::name).toList();
    }

    /**
     * @return names of all columns, redundant ones included, in R's order
     */
    public List<String> allNames() {
        return matrix.names();
    }

    /**
     * @return for each kept column its index among all
     */
    public int[] kept() {
        return kept.clone();
    }

    /**
     * A row of X.
     *
     * @param row row of the frame
     * @param x receives the kept columns; NaN where a level of a factor never occurs in the fit
     */
    public void row(final int row, final double[] x) {
        for (int j = 0; j < columns.length; j++) {
            x[j] = columns[j].value(row);
        }
    }

    /**
     * A row of all columns, redundant ones included.
     *
     * @param row row of the frame
     * @param x receives them in R's order
     */
    public void allRow(final int row, final double[] x) {
        for (int j = 0; j < matrix.size(); j++) {
            x[j] = matrix.columns().get(j).value(row);
        }
    }

    /**
     * A row of the working basis W.
     *
     * @param row row of the frame
     * @param w receives p values
     */
    public void basisRow(final int row, final double[] w) {
        row(row, w);
        basis.transform(w);
    }

    /**
     * Some rows of the working basis W.
     *
     * @param span the rows
     * @param w receives them, column by column
     */
    public void basis(final RowSpan span, final double[][] w) {
        for (int j = 0; j < columns.length; j++) {
            columns[j].values(span, w[j]);
        }
        basis.transform(w, span.size());
    }

    /**
     * @return the well-conditioned basis of the kept columns
     */
    public WorkingBasis basis() {
        return basis;
    }

    /**
     * @return whether the mean has an intercept of its own
     */
    public boolean intercept() {
        return matrix.terms().intercept();
    }

    /**
     * @return labels of the terms without the intercept, as R writes them
     */
    public List<String> terms() {
        return matrix.terms().terms().stream().map(Term::toString).toList();
    }

    /**
     * @param column a kept column
     * @return index of its term, -1 for the intercept
     */
    public int term(final int column) {
        return columns[column].term();
    }

    /**
     * The marginal (type III) hypothesis of a term.
     *
     * @param term index of a term
     * @return L with one row per degree of freedom over the kept columns; no row if the data leave no hypothesis
     */
    public synchronized double[][] typeThree(final int term) {
        return functions().typeThree(term);
    }

    /**
     * @param term index of a term
     * @return for each of its factors, functions of the kept coefficients that are 0 where a contrast needs the term
     *         only as its mean over that factor's levels; without a factor functions that are 0 where it does not need
     *         the term
     */
    public double[][][] differences(final int term) {
        return functions().differences(term);
    }

    synchronized EstimableFunctions functions() {
        if (functions == null) {
            functions = new EstimableFunctions(this);
        }
        return functions;
    }

    /**
     * @param term index of a term
     * @return whether it has a numeric variable
     */
    public boolean hasNumber(final int term) {
        return !matrix.terms().terms().get(term).variables().stream().allMatch(table::isFactor);
    }

    /**
     * The redundant columns and what they are made of.
     *
     * @return texts such as {@code x3 = x1 + 2 x2}
     */
    public List<String> redundancies() {
        return redundancy.texts(matrix.names());
    }

    /** Which functions of all coefficients the data determine. */
    Redundancy redundancy() {
        return redundancy;
    }

    /**
     * @return weighted cross-products of all columns and, last, the response over the fitted rows
     * @throws IllegalStateException if the design was found in other rows
     */
    public CrossProducts products() {
        requireRows();
        return products;
    }

    /**
     * @return the factor of {@link #products()}; what is kept and how the response projects on it
     * @throws IllegalStateException if the design was found in other rows
     */
    public OrderedCholesky cholesky() {
        requireRows();
        return cholesky;
    }

    private void requireRows() {
        if (products == null) {
            throw new IllegalStateException("the design was found in other rows");
        }
    }

    /**
     * @return what the mean has beside x'beta
     */
    public Offset offset() {
        return offset;
    }

    /**
     * @return the factors among the columns of the mean, in the order of the formula
     */
    public List<String> factors() {
        return table.columns(matrix.terms(), true);
    }

    /**
     * @return the numeric ones
     */
    public List<String> numbers() {
        return table.columns(matrix.terms(), false);
    }

    ModelMatrix matrix() {
        return matrix;
    }

    VariableTable table() {
        return table;
    }
}
