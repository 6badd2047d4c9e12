package dev.mixedmodels.engine.marginal;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * Kenward and Roger (1997) written out with dense matrices subject by subject: restricted likelihood, its observed
 * information, and first and second derivatives of V all by differences in the parameters eta that are given.
 */
final class DenseKenwardRoger {
    /** V of a subject by the covariance parameters. */
    interface Covariance {
        double[][] of(Subject subject, double[] eta);
    }

    /** A function of eta, for differences. */
    private interface Function {
        RealMatrix at(double[] eta);
    }

    /** The rows of a subject: group of covariance parameters, visits from 0, times, X, y. */
    record Subject(int group, int[] visits, double[] times, double[][] x, double[] y) {
    }

    private final List<Subject> subjects;
    private final Covariance covariance;
    private final double[] eta;
    private final int p;
    private final RealMatrix w;
    private final RealMatrix phi;
    private final List<RealMatrix> first = new ArrayList<>();
    private RealMatrix sumOfQ;
    private RealMatrix sumOfR;

    DenseKenwardRoger(final List<Subject> subjects, final Covariance covariance, final double[] eta) {
        this.subjects = subjects;
        this.covariance = covariance;
        this.eta = eta;
        p = subjects.get(0).x[0].length;
        final int m = eta.length;
        final RealMatrix information = new Array2DRowRealMatrix(m, m);
        for (int k = 0; k < m; k++) {
            for (int l = 0; l <= k; l++) {
                final double value = second(this::minus2LogLikelihood, k, l, 1e-3).getEntry(0, 0) / 2;
                information.setEntry(k, l, value);
                information.setEntry(l, k, value);
            }
        }
        w = inverse(information);
        phi = inverse(precision(eta));
        sums();
    }

    private void sums() {
        sumOfQ = new Array2DRowRealMatrix(p, p);
        sumOfR = new Array2DRowRealMatrix(p, p);
        for (int k = 0; k < eta.length; k++) {
            first.add(new Array2DRowRealMatrix(p, p));
        }
        for (final Subject s : subjects) {
            final Function v = at -> MatrixUtils.createRealMatrix(covariance.of(s, at));
            final RealMatrix inverse = inverse(v.at(eta));
            final RealMatrix xv = MatrixUtils.createRealMatrix(s.x).transpose().multiply(inverse);
            final List<RealMatrix> d = new ArrayList<>();
            for (int k = 0; k < eta.length; k++) {
                d.add(first(v, k));
                first.set(k, first.get(k).subtract(xv.multiply(d.get(k)).multiply(xv.transpose())));
            }
            for (int k = 0; k < eta.length; k++) {
                for (int l = 0; l < eta.length; l++) {
                    sumOfQ = sumOfQ.add(xv.multiply(d.get(k)).multiply(inverse).multiply(d.get(l))
                        .multiply(xv.transpose()).scalarMultiply(w.getEntry(k, l)));
                    sumOfR = sumOfR.add(xv.multiply(second(v, k, l, 1e-2)).multiply(xv.transpose())
                        .scalarMultiply(w.getEntry(k, l)));
                }
            }
        }
    }

    /** phi + 2 phi { sum w_kl (Q_kl - P_k phi P_l - R_kl / 4) } phi. */
    RealMatrix adjusted(final boolean secondDerivatives) {
        RealMatrix inner = sumOfQ;
        for (int k = 0; k < eta.length; k++) {
            for (int l = 0; l < eta.length; l++) {
                inner = inner.subtract(first.get(k).multiply(phi).multiply(first.get(l))
                    .scalarMultiply(w.getEntry(k, l)));
            }
        }
        if (secondDerivatives) {
            inner = inner.subtract(sumOfR.scalarMultiply(0.25));
        }
        return phi.add(phi.multiply(inner).multiply(phi).scalarMultiply(2));
    }

    /** The largest entry of the second-derivative term, relative to that of Q. */
    double shareOfR() {
        return sumOfR.getNorm() / sumOfQ.getNorm();
    }

    /** 2 / A2 for the single coefficient j. */
    double df(final int j) {
        double a2 = 0;
        for (int k = 0; k < eta.length; k++) {
            for (int l = 0; l < eta.length; l++) {
                a2 += w.getEntry(k, l) * relative(k, j) * relative(l, j);
            }
        }
        return 2 / a2;
    }

    private double relative(final int k, final int j) {
        return phi.multiply(first.get(k)).multiply(phi).getEntry(j, j) / phi.getEntry(j, j);
    }

    /** At eta, the constant included. */
    double minus2LogRestrictedLikelihood() {
        final int n = subjects.stream().mapToInt(s -> s.y.length).sum();
        return minus2LogLikelihood(eta).getEntry(0, 0) + (n - p) * Math.log(2 * Math.PI);
    }

    /** Its largest derivative by a parameter, times that parameter. */
    double steepest() {
        double largest = 0;
        for (int k = 0; k < eta.length; k++) {
            largest = Math.max(largest, Math.abs(eta[k] * first(this::minus2LogLikelihood, k, 1e-5 * Math.abs(eta[k])).getEntry(0, 0)));
        }
        return largest;
    }

    /** From the observed information, of parameter k. */
    double stdError(final int k) {
        return Math.sqrt(w.getEntry(k, k));
    }

    RealVector beta() {
        return beta(eta);
    }

    private RealMatrix precision(final double[] at) {
        RealMatrix sum = new Array2DRowRealMatrix(p, p);
        for (final Subject s : subjects) {
            final RealMatrix x = MatrixUtils.createRealMatrix(s.x);
            sum = sum.add(x.transpose().multiply(inverse(covariance.of(s, at))).multiply(x));
        }
        return sum;
    }

    private RealVector beta(final double[] at) {
        RealVector right = new ArrayRealVector(p);
        for (final Subject s : subjects) {
            right = right.add(MatrixUtils.createRealMatrix(s.x).transpose()
                .operate(inverse(covariance.of(s, at)).operate(new ArrayRealVector(s.y))));
        }
        return inverse(precision(at)).operate(right);
    }

    /** Up to a constant, as a 1 x 1 matrix. */
    private RealMatrix minus2LogLikelihood(final double[] at) {
        final RealVector beta = beta(at);
        double f = Math.log(new LUDecomposition(precision(at)).getDeterminant());
        for (final Subject s : subjects) {
            final RealMatrix v = MatrixUtils.createRealMatrix(covariance.of(s, at));
            final RealVector e = new ArrayRealVector(s.y).subtract(MatrixUtils.createRealMatrix(s.x).operate(beta));
            f += Math.log(new LUDecomposition(v).getDeterminant()) + e.dotProduct(inverse(v).operate(e));
        }
        return MatrixUtils.createRealMatrix(new double[][] {{f}});
    }

    private static RealMatrix inverse(final double[][] a) {
        return inverse(MatrixUtils.createRealMatrix(a));
    }

    private static RealMatrix inverse(final RealMatrix a) {
        return new LUDecomposition(a).getSolver().getInverse();
    }

    private double[] moved(final int k, final double byK, final int l, final double byL) {
        final double[] moved = eta.clone();
        moved[k] += byK;
        moved[l] += byL;
        return moved;
    }

    /** Central difference with Richardson's step. */
    private RealMatrix first(final Function f, final int k) {
        final double h = 1e-2 * Math.abs(eta[k]);
        return first(f, k, h / 2).scalarMultiply(4).subtract(first(f, k, h)).scalarMultiply(1 / 3.0);
    }

    private RealMatrix first(final Function f, final int k, final double h) {
        return f.at(moved(k, h, k, 0)).subtract(f.at(moved(k, -h, k, 0))).scalarMultiply(1 / (2 * h));
    }

    /** Central second difference with Richardson's step; steps relative to the parameters. */
    private RealMatrix second(final Function f, final int k, final int l, final double step) {
        final double hk = step * Math.abs(eta[k]);
        final double hl = step * Math.abs(eta[l]);
        return second(f, k, l, hk / 2, hl / 2).scalarMultiply(4).subtract(second(f, k, l, hk, hl))
            .scalarMultiply(1 / 3.0);
    }

    private RealMatrix second(final Function f, final int k, final int l, final double hk, final double hl) {
        return f.at(moved(k, hk, l, hl)).subtract(f.at(moved(k, hk, l, -hl))).subtract(f.at(moved(k, -hk, l, hl)))
            .add(f.at(moved(k, -hk, l, -hl))).scalarMultiply(1 / (4 * hk * hl));
    }
}
