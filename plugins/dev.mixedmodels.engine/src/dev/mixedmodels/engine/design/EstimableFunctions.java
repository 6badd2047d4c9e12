package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.formula.Term;
import dev.mixedmodels.engine.formula.Variable;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Type III hypotheses, the same whatever the coding. They are defined on the overparameterised columns X* (an indicator
 * for every level), of which X* = X A is known from the coding and the redundancies. A function k'A b* with k'beta
 * estimable is a hypothesis of term F if it involves only parameters of F and of terms that contain F, and is
 * orthogonal to all those that involve the containing terms alone. G contains F if both have the same numeric variables
 * and G has the factors of F and more.
 * <p>
 * Fai and Cornelius's degrees of freedom of several rows together depend on the rows that the hypothesis is written in,
 * but for an orthogonal change of them. The rows are therefore orthonormal in the term's parameters of b*, which no
 * reference level, coding or order of levels changes. Of visits, which have an order of their own, the first one does
 * not count: that is, they are compared with it, as mmrm does.
 * <p>
 * Source: Goodnight (1978) SAS Technical Report R-101; SAS/STAT User's Guide, The Four Types of Estimable Functions.
 * <p>
 * The mathematics: doc/type-three.md beside the sources.
 */
final class EstimableFunctions {
    /** Least over largest squared length of combinations of rows below which they depend on one another. */
    private static final double DEPENDENT = 1e-12;
    /** Part of a coefficient that is 0 but for rounding. */
    private static final double ROUNDING = 1e-9;

    private final FixedDesign design;
    private final ModelMatrix full;
    private final double[][] a;

    EstimableFunctions(final FixedDesign design) {
        this.design = design;
        full = ModelMatrix.overparameterised(design.matrix().terms(), design.table());
        final double[][] byAll = Expansion.solve(design.matrix().columns(), full.columns());
        final double[][] combinations = new double[design.matrix().size()][];
        for (int j = 0; j < combinations.length; j++) {
            combinations[j] = design.redundancy().combination(j);
        }
        a = Matrices.multiply(Matrices.transpose(combinations), byAll);
    }

    /** L over the kept columns; no row if nothing about the term can be estimated. */
    double[][] typeThree(final int term) {
        return written(hypothesis(term), term);
    }

    /** A hypothesis about a term in rows that do not depend on the coding. */
    double[][] written(final double[][] hypothesis, final int term) {
        final double[][] own = columnsOf(column -> column.term() == term);
        final double[][] l = againstFirstLevel(hypothesis, own);
        final double[][] rows =
            orthonormal(l, columnsOf(column -> column.term() == term && !design.table().isOfFirstVisit(column)));
        // that all means are 0 says something about the first visit too
        final double[][] all = rows == null ? orthonormal(l, own) : rows;
        return all == null ? l : all;
    }

    /** See {@link FixedDesign#differences}. */
    double[][][] differences(final int term) {
        final List<String> factors = full.columns().stream().filter(column -> column.term() == term).findFirst()
            .stream().flatMap(column -> column.pieces().stream()).filter(Piece.Contrast.class::isInstance)
            .map(piece -> ((Piece.Contrast) piece).factor().name()).toList();
        if (factors.isEmpty()) {
            return new double[][][] {differences(columnsOf(column -> column.term() == term), new double[a.length])};
        }
        return factors.stream().map(factor -> differences(term, factor)).toArray(double[][][]::new);
    }

    /** Columns of A that differ in the level of one factor only, one less the other. */
    private double[][] differences(final int term, final String factor) {
        final Map<List<Object>, double[]> first = new HashMap<>();
        final List<double[]> rows = new ArrayList<>();
        for (final DesignColumn column : full.columns()) {
            if (column.term() == term) {
                final double[] own = columnsOf(column::equals)[0];
                final double[] other = first.putIfAbsent(
                    column.pieces().stream().map(piece -> level(piece, factor)).toList(), own);
                if (other != null) {
                    rows.add(differences(new double[][] {own}, other)[0]);
                }
            }
        }
        return rows.toArray(double[][]::new);
    }

    /** Rows less another one; 0 where that is rounding of what the coefficient has anywhere. */
    private double[][] differences(final double[][] rows, final double[] other) {
        final double[] largest = Arrays.stream(a).mapToDouble(row -> Arrays.stream(row).map(Math::abs).max().orElse(0))
            .toArray();
        return Arrays.stream(rows).map(row -> IntStream.range(0, row.length).mapToDouble(
            k -> Math.abs(row[k] - other[k]) > ROUNDING * largest[k] ? row[k] - other[k]
            : 0).toArray()).toArray(double[][]::new);
    }

    /** What tells a piece of an overparameterised column apart, but for one factor's level. */
    private static Object level(final Piece piece, final String factor) {
        return !(piece instanceof Piece.Contrast contrast) ? piece : contrast.factor().name().equals(factor) ? factor
            : contrast.factor().name() + Arrays.toString(contrast.byLevel());
    }

    /** Whether a term has a factor. */
    boolean hasFactors(final int term) {
        return full.terms().terms().get(term).variables().stream().anyMatch(design.table()::isFactor);
    }

    /** The coefficients that rows have at a term's own parameters of b*. */
    List<double[]> own(final int term, final double[][] rows) {
        return List.of(Matrices.multiply(rows, Matrices.transpose(columnsOf(column -> column.term() == term))));
    }

    /** Whether a term contains another one; -1, the intercept, contains none. */
    boolean contains(final int larger, final int smaller) {
        return larger >= 0 && larger != smaller
            && contains(full.terms().terms().get(larger), full.terms().terms().get(smaller));
    }

    /** (M M')^-1/2 L, where M are the coefficients of some of the parameters; null if its rows are dependent. */
    private static double[][] orthonormal(final double[][] l, final double[][] parameters) {
        if (l.length == 0) {
            return l;
        }
        final double[][] m = Matrices.multiply(l, Matrices.transpose(parameters));
        final Matrices.Eigen eigen = Matrices.eigen(Matrices.multiply(m, Matrices.transpose(m)));
        if (!(eigen.values()[l.length - 1] > DEPENDENT * eigen.values()[0])) {
            return null;
        }
        final double[][] root = new double[l.length][l.length];
        for (int r = 0; r < root.length; r++) {
            for (int i = 0; i < root.length; i++) {
                for (int j = 0; j < root.length; j++) {
                    root[i][j] += eigen.vectors()[r][i] * eigen.vectors()[r][j] / Math.sqrt(eigen.values()[r]);
                }
            }
        }
        return Matrices.multiply(root, l);
    }

    /**
     * The same hypothesis in rows that are 1 at one of the term's own columns of X* and 0 at the others but the first
     * ones: each level against the first.
     */
    private static double[][] againstFirstLevel(final double[][] l, final double[][] own) {
        final double[][] extended = new double[l.length][];
        for (int i = 0; i < l.length; i++) {
            extended[i] = new double[own.length + l[i].length];
            for (int j = 0; j < own.length; j++) {
                extended[i][j] = Matrices.dot(l[i], own[own.length - 1 - j]);
            }
            System.arraycopy(l[i], 0, extended[i], own.length, l[i].length);
        }
        final double[][] reduced = new RowReduction(extended, own.length).nonZero();
        final double[][] rows = new double[reduced.length][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(reduced[rows.length - 1 - i], own.length, reduced[i].length);
        }
        return rows;
    }

    private double[][] hypothesis(final int term) {
        final Set<Integer> containing = containing(term);
        if (containing.isEmpty() && isSeparate(term)) {
            return units(term);
        }
        final double[][] outside = columnsOf(c -> c.term() != term && !containing.contains(c.term()));
        final double[][] own = columnsOf(c -> c.term() == term);
        final double[][] related = columnsOf(c -> c.term() == term || containing.contains(c.term()));
        // k with k'A = 0 outside; m = k'A on the term and those that contain it
        final double[][] k = RowReduction.nullSpace(outside, design.columns());
        if (k.length == 0) {
            return k;
        }
        final double[][] m = Matrices.multiply(k, Matrices.transpose(related));
        // q with q'm = 0 on the term itself; functions r'm orthogonal to all q'm
        final double[][] q = RowReduction.nullSpace(
            Matrices.multiply(own, Matrices.transpose(k)), k.length);
        final double[][] r = q.length == 0 ? null
            : RowReduction.nullSpace(Matrices.multiply(Matrices.multiply(q, m), Matrices.transpose(m)), k.length);
        return RowReduction.rowSpace(r == null ? k : Matrices.multiply(r, k));
    }

    private Set<Integer> containing(final int term) {
        final Set<Integer> containing = new HashSet<>();
        for (int other = 0; other < full.terms().terms().size(); other++) {
            if (contains(other, term)) {
                containing.add(other);
            }
        }
        return containing;
    }

    private boolean contains(final Term larger, final Term smaller) {
        final Set<Variable> rest = new HashSet<>(larger.variables());
        return rest.containsAll(smaller.variables())
            && rest.removeAll(smaller.variables())
            && rest.stream().allMatch(design.table()::isFactor);
    }

    /** Whether no column of X* outside the term needs the term's own columns of X. */
    private boolean isSeparate(final int term) {
        for (int j = 0; j < full.size(); j++) {
            for (int i = 0; i < a.length; i++) {
                if (a[i][j] != 0 && design.term(i) == term && full.columns().get(j).term() != term) {
                    return false;
                }
            }
        }
        return true;
    }

    private double[][] units(final int term) {
        final List<double[]> rows = new ArrayList<>();
        for (int i = 0; i < design.columns(); i++) {
            if (design.term(i) == term) {
                final double[] unit = new double[design.columns()];
                unit[i] = 1;
                rows.add(unit);
            }
        }
        return rows.toArray(double[][]::new);
    }

    /** Columns of A that are chosen, as rows. */
    private double[][] columnsOf(final Predicate<DesignColumn> chosen) {
        final List<double[]> rows = new ArrayList<>();
        for (int j = 0; j < full.size(); j++) {
            if (chosen.test(full.columns().get(j))) {
                final double[] column = new double[a.length];
                for (int i = 0; i < column.length; i++) {
                    column[i] = a[i][j];
                }
                rows.add(column);
            }
        }
        return rows.toArray(double[][]::new);
    }
}
