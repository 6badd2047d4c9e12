package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.covariance.CovariancePoint;
import dev.mixedmodels.engine.covariance.CovarianceStructure;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/** A small marginal model written out with dense matrices subject by subject, to check the fast criteria against. */
final class DenseMarginal {
    /** A subject's rows: visits or times, X, y, group. */
    record Subject(int group, int[] visits, double[] times, double[][] x, double[] y) {
    }

    /** V of a subject as a function of all covariance parameters. */
    interface Covariance {
        CovarianceStructure of(Subject subject);
    }

    private final List<Subject> subjects = new ArrayList<>();
    private final int columns;

    /** Random subjects with gaps; the last column of X is 0 but at the last visit, so that zeros are met. */
    DenseMarginal(final int count, final int visits, final int groups, final long seed) {
        final Random random = new Random(seed);
        columns = 4;
        for (int s = 0; s < count; s++) {
            final List<Integer> seen = new ArrayList<>();
            for (int v = 0; v < visits; v++) {
                if (random.nextDouble() < 0.75 || seen.isEmpty() && v == visits - 1) {
                    seen.add(v);
                }
            }
            final int n = seen.size();
            final double[] times = new double[n];
            final double[][] x = new double[n][];
            final double[] y = new double[n];
            final double own = random.nextGaussian();
            for (int j = 0; j < n; j++) {
                final int visit = seen.get(j);
                times[j] = visit + 0.5 * random.nextDouble();
                x[j] = new double[] {1, visit, random.nextGaussian(), visit == visits - 1 ? s % 2 : 0};
                y[j] = 1 + 0.3 * visit + own + random.nextGaussian();
            }
            subjects.add(new Subject(s % groups, seen.stream().mapToInt(v -> v).toArray(), times, x, y));
        }
    }

    int columns() {
        return columns;
    }

    /** The subjects by pattern of visits, gathered in two parts. */
    VisitPatterns pooled() {
        final PatternPool pool = new PatternPool(columns);
        final PatternPool later = pool.fresh();
        final SubjectBlock block = new SubjectBlock(columns);
        for (int subject = 0; subject < subjects.size(); subject++) {
            final Subject s = subjects.get(subject);
            block.start(s.y.length, s.group);
            for (int i = 0; i < s.y.length; i++) {
                System.arraycopy(s.x[i], 0, block.row(i), 0, columns);
                block.row(i)[columns] = s.y[i];
                block.place(i, s.visits[i]);
            }
            (subject < subjects.size() / 3 ? pool : later).add(block);
        }
        pool.merge(later);
        return pool.pooled();
    }

    Subject first() {
        return subjects.get(0);
    }

    /** The subjects of a group with their times. */
    SubjectSeries series(final int group, final ResidualStructure structure) {
        final List<Subject> own = subjects.stream().filter(s -> s.group == group).toList();
        final int[] starts = new int[own.size() + 1];
        for (int i = 0; i < own.size(); i++) {
            starts[i + 1] = starts[i] + own.get(i).y.length;
        }
        final double[] values = own.stream().flatMapToDouble(s -> IntStream.range(0, s.y.length).boxed().flatMapToDouble(
            i -> DoubleStream.concat(Arrays.stream(s.x[i]), DoubleStream.of(s.y[i])))).toArray();
        return new SubjectSeries(0, columns, values, starts, structure,
            new double[][] {own.stream().flatMapToDouble(s -> Arrays.stream(s.times)).toArray()}, new double[0][]);
    }

    int rows() {
        return subjects.stream().mapToInt(s -> s.y.length).sum();
    }

    private static double[] part(final double[] theta, final int group, final int m) {
        return Arrays.copyOfRange(theta, group * m, (group + 1) * m);
    }

    private static RealMatrix select(final double[] v, final int n, final int[] visits) {
        final RealMatrix part = new Array2DRowRealMatrix(visits.length, visits.length);
        for (int i = 0; i < visits.length; i++) {
            for (int j = 0; j < visits.length; j++) {
                part.setEntry(i, j, v[visits[i] * n + visits[j]]);
            }
        }
        return part;
    }

    private static int[] rowsOf(final Subject s, final CovarianceStructure structure) {
        return structure.dimension() == s.y.length ? IntStream.range(0, s.y.length).toArray()
            : s.visits;
    }

    private RealMatrix v(final Subject s, final CovarianceStructure c, final double[] theta) {
        final double[] v = new double[c.dimension() * c.dimension()];
        c.at(part(theta, s.group, c.parameters())).value(v);
        return select(v, c.dimension(), rowsOf(s, c));
    }

    private RealMatrix first(final Subject s, final CovarianceStructure c, final double[] theta, final int r) {
        final int m = c.parameters();
        final double[] v = new double[c.dimension() * c.dimension()];
        if (r / m == s.group) {
            c.at(part(theta, s.group, m)).first(r % m, v);
        }
        return select(v, c.dimension(), rowsOf(s, c));
    }

    private RealMatrix second(final Subject s, final CovarianceStructure c, final double[] theta, final int r,
        final int q) {
        final int m = c.parameters();
        final double[] v = new double[c.dimension() * c.dimension()];
        if (r / m == s.group && q / m == s.group) {
            final CovariancePoint point = c.at(part(theta, s.group, m));
            point.second(r % m, q % m, v);
        }
        return select(v, c.dimension(), rowsOf(s, c));
    }

    private static RealMatrix inverse(final RealMatrix a) {
        return new LUDecomposition(a).getSolver().getInverse();
    }

    /** X'V^-1 X. */
    RealMatrix precision(final Covariance covariance, final double[] theta) {
        RealMatrix sum = new Array2DRowRealMatrix(columns, columns);
        for (final Subject s : subjects) {
            final RealMatrix x = MatrixUtils.createRealMatrix(s.x);
            sum = sum.add(x.transpose().multiply(inverse(v(s, covariance.of(s), theta))).multiply(x));
        }
        return sum;
    }

    RealVector beta(final Covariance covariance, final double[] theta) {
        RealVector right = new ArrayRealVector(columns);
        for (final Subject s : subjects) {
            right = right.add(MatrixUtils.createRealMatrix(s.x).transpose()
                .operate(inverse(v(s, covariance.of(s), theta)).operate(new ArrayRealVector(s.y))));
        }
        return inverse(precision(covariance, theta)).operate(right);
    }

    double minus2LogLikelihood(final Covariance covariance, final double[] theta, final boolean reml) {
        final RealVector beta = beta(covariance, theta);
        double f = (rows() - (reml ? columns : 0)) * Math.log(2 * Math.PI);
        for (final Subject s : subjects) {
            final RealMatrix v = v(s, covariance.of(s), theta);
            final RealVector e = new ArrayRealVector(s.y).subtract(MatrixUtils.createRealMatrix(s.x).operate(beta));
            f += Math.log(new LUDecomposition(v).getDeterminant()) + e.dotProduct(inverse(v).operate(e));
        }
        return f + (reml ? Math.log(new LUDecomposition(precision(covariance, theta)).getDeterminant()) : 0);
    }

    /** sum w_rs (Q_rs - R_rs / 4), straight from the definitions. */
    RealMatrix kenwardRogerSum(final Covariance covariance, final double[] theta, final double[][] w,
        final boolean second) {
        RealMatrix sum = new Array2DRowRealMatrix(columns, columns);
        for (final Subject s : subjects) {
            final CovarianceStructure c = covariance.of(s);
            final RealMatrix xv = MatrixUtils.createRealMatrix(s.x).transpose().multiply(inverse(v(s, c, theta)));
            final RealMatrix v = inverse(v(s, c, theta));
            for (int r = 0; r < w.length; r++) {
                for (int q = 0; q < w.length; q++) {
                    RealMatrix middle = first(s, c, theta, r).multiply(v).multiply(first(s, c, theta, q));
                    if (second) {
                        middle = middle.subtract(second(s, c, theta, r, q).scalarMultiply(0.25));
                    }
                    sum = sum.add(xv.multiply(middle).multiply(xv.transpose()).scalarMultiply(w[r][q]));
                }
            }
        }
        return sum;
    }
}
