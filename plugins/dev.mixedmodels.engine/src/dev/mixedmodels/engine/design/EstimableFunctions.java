package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.formula.Term;
import dev.mixedmodels.engine.formula.Variable;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Type III hypotheses, the same whatever the coding. They are defined on the overparameterised columns X* (an indicator
 * for every level), of which X* = X A is known from the coding and the redundancies. A function k'A b* with k'beta
 * estimable is a hypothesis of term F if it involves only parameters of F and of terms that contain F, and is
 * orthogonal to all those that involve the containing terms alone. G contains F if both have the same numeric variables
 * and G has the factors of F and more.
 * <p>
 * Source: Goodnight (1978) SAS Technical Report R-101; SAS/STAT User's Guide, The Four Types of Estimable Functions.
 */
final class EstimableFunctions {
    private final FixedDesign design;
    private final ModelMatrix full;
    private final double[][] a;

    EstimableFunctions(final FixedDesign design) {
        this.design = design;
        full = ModelMatrix.overparameterised(design.matrix().terms(), design.table());
        final double[][] byAll = Expansion.solve(design.matrix().columns(), full.columns());
        final double[][] combinations = new double[design.matrix().size()][];
        for (int j = 0; j < combinations.length; j++) {
            combinations[j] = design.combination(j);
        }
        a = Matrices.multiply(Matrices.transpose(combinations), byAll);
    }

    /**
     * L over the kept columns; no row if nothing about the term can be estimated. Degrees of freedom of several rows
     * together depend on how they are written down, so they are always written as with treatment coding.
     */
    double[][] typeThree(final int term) {
        return againstFirstLevel(hypothesis(term), columnsOf(t -> t == term));
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
        final double[][] outside = columnsOf(t -> t != term && !containing.contains(t));
        final double[][] own = columnsOf(t -> t == term);
        final double[][] related = columnsOf(t -> t == term || containing.contains(t));
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
        final List<Term> terms = full.terms().terms();
        final Set<Integer> containing = new HashSet<>();
        for (int other = 0; other < terms.size(); other++) {
            if (other != term && contains(terms.get(other), terms.get(term))) {
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

    /** Columns of A whose term is chosen, as rows. */
    private double[][] columnsOf(final IntPredicate chosen) {
        final List<double[]> rows = new ArrayList<>();
        for (int j = 0; j < full.size(); j++) {
            if (chosen.test(full.columns().get(j).term())) {
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
