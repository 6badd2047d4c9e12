package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.formula.Variable;
import dev.mixedmodels.engine.frame.Rows;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Ranks that random effects add to [X Z], one effect after the other. Units that share rows, directly or through
 * others, are one set; sets have no random effect in common. Of each set the columns of Z are orthogonalised in order,
 * and what they explain of W, the orthonormal columns of X, is taken off W'W = N I: rank[X Z_1 ... Z_k] is the sum over
 * the sets of the ranks of their Z_1 ... Z_k and the rank of what is left.
 */
final class RankContributions {
    /** Part of a squared length that is rounding. */
    private static final double DEPENDENT = 1e-10;
    /** Most random effects of a set. */
    private static final int LIMIT = 3000;

    private final ModelDesign design;
    private final Rows rows;
    private final int p;
    private final List<Column> columns = new ArrayList<>();
    private final double[][][] explained;
    private final int[] own;

    /** A column of Z before it is split up over the units. */
    private record Column(RandomDesign random, int index, int effect, double shift) {
        double value(final int row) {
            final double[] z = new double[random.effects()];
            random.row(row, z);
            return z[index] - shift;
        }
    }

    private RankContributions(final ModelDesign design, final int effects) {
        this.design = design;
        rows = design.rows().fitted();
        p = design.fixed().columns();
        explained = new double[effects][p][p];
        own = new int[effects];
        int effect = -1;
        for (final RandomDesign random : design.random()) {
            for (int c = 0; c < random.effects(); c++) {
                final List<Variable> variables = random.variables(c);
                effect += c == 0 || !variables.equals(random.variables(c - 1)) ? 1 : 0;
                columns.add(new Column(random, c, effect, random.term().effects().intercept() && c > 0 ? mean(random, c)
                    : 0));
            }
        }
    }

    /** A column beside an intercept spans the same without its mean, which may be large. */
    private double mean(final RandomDesign random, final int c) {
        final Column column = new Column(random, c, 0, 0);
        double sum = 0;
        for (int i = 0; i < rows.size(); i++) {
            sum += column.value(rows.row(i)) / rows.size();
        }
        return sum;
    }

    /**
     * @param design with its rows
     * @param effects number of random effects
     * @return the rank that each adds, and last N - rank[X Z]
     */
    static int[] of(final ModelDesign design, final int effects, final Progress progress) {
        final RankContributions ranks = new RankContributions(design, effects);
        ranks.sets(progress);
        return ranks.contributions();
    }

    private int[] contributions() {
        final int[] contributions = new int[own.length + 1];
        final double[][] left = new double[p][p];
        for (int i = 0; i < p; i++) {
            left[i][i] = rows.size();
        }
        int before = p;
        int z = 0;
        for (int e = 0; e < own.length; e++) {
            z += own[e];
            for (int i = 0; i < p; i++) {
                for (int j = 0; j < p; j++) {
                    left[i][j] -= explained[e][i][j];
                }
            }
            final int rank = z + (p == 0 ? 0
                : (int) Arrays.stream(Matrices.eigen(left).values()).filter(v -> v > DEPENDENT * rows.size()).count());
            contributions[e] = rank - before;
            before = rank;
        }
        contributions[own.length] = rows.size() - before;
        return contributions;
    }

    private void sets(final Progress progress) {
        final int[] set = setOfRow();
        final int count = Arrays.stream(set).max().orElse(-1) + 1;
        final int[] start = new int[count + 1];
        Arrays.stream(set).forEach(s -> start[s + 1]++);
        Arrays.parallelPrefix(start, Integer::sum);
        final int[] order = new int[set.length];
        final int[] next = start.clone();
        for (int i = 0; i < set.length; i++) {
            order[next[set[i]]++] = rows.row(i);
        }
        for (int s = 0; s < count; s++) {
            progress.check();
            add(Arrays.copyOfRange(order, start[s], start[s + 1]), progress);
        }
    }

    /** Numbers of sets of units that are linked by rows, from 0. */
    private int[] setOfRow() {
        final List<RandomDesign> random = design.random();
        final int[] first = new int[random.size() + 1];
        for (int d = 0; d < random.size(); d++) {
            first[d + 1] = first[d] + random.get(d).factor().size();
        }
        final int[] parent = new int[first[random.size()]];
        Arrays.setAll(parent, i -> i);
        for (int i = 0; i < rows.size(); i++) {
            final int root = root(parent, random.get(0).factor().code(rows.row(i)));
            for (int d = 1; d < random.size(); d++) {
                parent[root(parent, first[d] + random.get(d).factor().code(rows.row(i)))] = root;
            }
        }
        final int[] number = new int[parent.length];
        int numbers = 0;
        final int[] set = new int[rows.size()];
        for (int i = 0; i < set.length; i++) {
            final int root = root(parent, random.get(0).factor().code(rows.row(i)));
            number[root] = number[root] == 0 ? ++numbers : number[root];
            set[i] = number[root] - 1;
        }
        return set;
    }

    private static int root(final int[] parent, final int node) {
        int root = node;
        while (parent[root] != root) {
            parent[root] = parent[parent[root]];
            root = parent[root];
        }
        return root;
    }

    /** The rows of a set: products of its columns of Z and of these with W, then their elimination in order. */
    private void add(final int[] set, final Progress progress) {
        final int[][] units = new int[columns.size()][];
        final int[] offset = new int[columns.size() + 1];
        for (int c = 0; c < units.length; c++) {
            final RandomDesign random = columns.get(c).random;
            units[c] = c > 0 && columns.get(c - 1).random == random ? units[c - 1]
                : Arrays.stream(set).map(random.factor()::code).distinct().sorted().toArray();
            offset[c + 1] = offset[c] + units[c].length;
        }
        final int m = offset[units.length];
        if (m > LIMIT) {
            throw new ModelException("Containment degrees of freedom are not computed for this model: " + m
                + " random effects are linked to one another, and the limit is " + LIMIT
                + " because the work grows with their cube. Choose Satterthwaite degrees of freedom.");
        }
        final double[][] products = new double[m][m + p];
        final double[] w = new double[p];
        final int[] at = new int[units.length];
        final double[] z = new double[units.length];
        for (final int row : set) {
            final double root = design.weights().root(row);
            design.fixed().basisRow(row, w);
            for (int c = 0; c < units.length; c++) {
                at[c] = offset[c] + Arrays.binarySearch(units[c], columns.get(c).random.factor().code(row));
                z[c] = root * columns.get(c).value(row);
                for (int d = 0; d <= c; d++) {
                    products[at[c]][at[d]] += z[c] * z[d];
                }
                for (int k = 0; k < p; k++) {
                    products[at[c]][m + k] += z[c] * root * w[k];
                }
            }
        }
        int c = 0;
        for (int j = 0; j < m; j++) {
            progress.check();
            while (j >= offset[c + 1]) {
                c++;
            }
            eliminate(products, j, m, columns.get(c).effect);
        }
    }

    /** Row j of the Cholesky factor, of columns before it and of W; 0 if the column depends on those before. */
    private void eliminate(final double[][] products, final int j, final int m, final int effect) {
        final double[] row = products[j];
        final double length = row[j];
        for (int i = 0; i < j; i++) {
            final double[] earlier = products[i];
            if (earlier[i] == 0) {
                row[i] = 0;
                continue;
            }
            double sum = row[i];
            for (int k = 0; k < i; k++) {
                sum -= row[k] * earlier[k];
            }
            row[i] = sum / earlier[i];
            row[j] -= row[i] * row[i];
        }
        if (!(row[j] > DEPENDENT * length)) {
            row[j] = 0;
            return;
        }
        row[j] = Math.sqrt(row[j]);
        own[effect]++;
        for (int k = 0; k < p; k++) {
            for (int i = 0; i < j; i++) {
                row[m + k] -= row[i] * products[i][m + k];
            }
            row[m + k] /= row[j];
        }
        for (int k = 0; k < p; k++) {
            for (int l = 0; l < p; l++) {
                explained[effect][k][l] += row[m + k] * row[m + l];
            }
        }
    }
}
