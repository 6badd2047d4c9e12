package dev.mixedmodels.engine.fit;

import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.numeric.Cholesky;
import dev.mixedmodels.engine.numeric.GramSchmidt;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Coordinates of the absolute criterion one of which stands for a reported parameter.
 * An unstructured block is turned so that the effect of interest comes first: with Q orthonormal and m_j / |m_j| its
 * first column, b_j = m_j'b, F = Q G with G lower triangular has Var(b_j) = |m_j|^2 g_11^2. For a correlation
 * m_k = alpha q_1 + beta q_2 and (alpha g_11 + beta g_21, beta g_22) = t (cos u, sin u) with rho = cos u.
 */
final class HeldParameter {
    private final CovarianceModel model;
    private final double[] estimate;
    private final double logScale;
    private final double opening;

    /**
     * What vanished at the estimate may come back as soon as another parameter moves: it starts a little above 0.
     *
     * @param model the covariance model
     * @param absolute the minimum as {@link FittedCovariance#absolute()} has it
     * @param near the same or another point, of which the residual parameters are taken to start with
     * @param opening variance relative to the residual's that a singular D starts with, so that it may leave its
     *             boundary
     */
    HeldParameter(final CovarianceModel model, final double[] absolute, final double[] near, final double opening) {
        this.model = model;
        this.opening = opening;
        logScale = absolute[absolute.length - 1];
        estimate = near.clone();
        final double[] factor = Arrays.copyOf(absolute, entries());
        final double[] u = Arrays.copyOf(model.random().coordinatesOf(factor), model.coordinates().size());
        final double[][] directions = model.random().directions();
        for (int k = 0; k < directions.length; k++) {
            final double least = Math.exp(logScale / 2) * Math.sqrt(opening / Matrices.dot(directions[k],
                directions[k]));
            if (model.random().opensD(k) && Math.abs(u[k]) < least) {
                u[k] = least;
            }
        }
        System.arraycopy(model.coordinates().at(u), 0, estimate, 0, entries());
    }

    /** The estimate with an unstructured block's columns of F turned to Q G, G lower triangular. */
    private double[] turned(final RandomBlock block, final double[][] q) {
        final int n = block.size();
        final double[][] f = Matrices.square(block.own(estimate, model.q()), n);
        final double[][] qf = Matrices.multiply(q, f);
        final double[][] d = Matrices.multiply(qf, Matrices.transpose(qf));
        double[] g = Matrices.flat(d);
        boolean inside = Cholesky.factor(g, n);
        for (int i = 0; i < n && inside; i++) {
            inside = g[i * n + i] * g[i * n + i] >= opening * Math.exp(logScale);
        }
        if (!inside) {
            for (int i = 0; i < n; i++) {
                d[i][i] += opening * Math.exp(logScale);
            }
            g = Matrices.flat(d);
            Cholesky.factor(g, n);
        }
        final double[] own = new double[n * n];
        for (int row = 0; row < n; row++) {
            for (int l = 0; l < n; l++) {
                for (int i = l; i < n; i++) {
                    own[row * n + l] += q[i][row] * g[i * n + l];
                }
            }
        }
        final double[] z = estimate.clone();
        block.place(own, model.q(), z);
        return z;
    }

    private int entries() {
        return model.q() * model.q();
    }

    /** Coordinates of F and all of eta and log s. */
    private AffineCoordinates build(final List<double[]> factors) {
        return model.coordinates(factors.toArray(new double[0][]), model.residual().size() + 1);
    }

    private List<double[]> others(final RandomBlock block) {
        final List<double[]> directions = new ArrayList<>();
        for (final RandomBlock other : model.random().blocks()) {
            if (other != block) {
                for (final double[] basis : other.structure().factorBasis()) {
                    directions.add(place(other, basis));
                }
            }
        }
        return directions;
    }

    private double[] place(final RandomBlock block, final double[] own) {
        final double[] placed = new double[entries()];
        block.place(own, model.q(), placed);
        return placed;
    }

    /** Q E_il of an unstructured block: column l of F is column i of Q. */
    private double[] entry(final RandomBlock block, final double[][] q, final int i, final int l) {
        final int n = block.size();
        final double[] own = new double[n * n];
        for (int row = 0; row < n; row++) {
            own[row * n + l] = q[i][row];
        }
        return place(block, own);
    }

    /** Standard deviation of effect j of a block. */
    Held variance(final RandomBlock block, final int j) {
        if (block.kind() == RandomStructure.COMPOUND_SYMMETRY && block.size() > 1) {
            return common(block).polar(0).within(0, 0, Double.POSITIVE_INFINITY).within(1, 0, Math.PI / 2)
                .awayFromBounds(1);
        }
        final List<double[]> directions = new ArrayList<>();
        double[] near = estimate;
        if (block.free()) {
            final double[] m = block.toUser()[j];
            final double[][] q = orthonormal(m, null);
            near = turned(block, q);
            directions.add(scaled(entry(block, q, 0, 0), 1 / Math.sqrt(Matrices.dot(m, m))));
            lowerRows(block, q, 1, directions);
        } else {
            directions.add(place(block, block.structure().factorBasis()[0]));
        }
        return held(block, directions, near).within(0, 0, Double.POSITIVE_INFINITY);
    }

    /** A block of compound symmetry with u_1 = sd sqrt(n / (n - 1)) cos phi, u_2 = sd sqrt(n) sin phi. */
    private Held common(final RandomBlock block) {
        final double n = block.size();
        final double[][] basis = block.structure().factorBasis();
        return held(block, List.of(scaled(place(block, basis[0]), Math.sqrt(n / (n - 1))),
            scaled(place(block, basis[1]), Math.sqrt(n))), estimate);
    }

    /** With the directions of a block before those of the others. */
    private Held held(final RandomBlock block, final List<double[]> directions, final double[] near) {
        final List<double[]> all = new ArrayList<>(directions);
        all.addAll(others(block));
        return Held.of(model.residual(), build(all), 0, near);
    }

    /** The angle that stands for the correlation of effects j and k of a block, see {@link #angle}. */
    Held correlation(final RandomBlock block, final int j, final int k) {
        if (!block.free()) {
            return common(block).polar(1).within(1, 0, Math.PI / 2);
        }
        final double[] m = block.toUser()[j];
        final double[] other = block.toUser()[k];
        final double[][] q = orthonormal(m, other);
        final double alpha = Matrices.dot(q[0], other);
        final double beta = Matrices.dot(q[1], other);
        final List<double[]> directions = new ArrayList<>();
        directions.add(entry(block, q, 1, 0));
        directions.add(entry(block, q, 1, 1));
        directions.add(entry(block, q, 0, 0));
        lowerRows(block, q, 2, directions);
        return held(block, directions, turned(block, q)).sheared(alpha, beta).polar(1)
            .within(0, 0, Double.POSITIVE_INFINITY).within(1, 0, Math.PI).within(2, 0, Double.POSITIVE_INFINITY);
    }

    /** The angle of a correlation: its arc cosine if the block is unstructured, else phi as above. */
    static double angle(final RandomBlock block, final double rho) {
        final double n = block.size();
        return block.free() ? Math.atan2(Math.sqrt((1 - rho) * (1 + rho)), rho)
            : Math.atan2(Math.sqrt((1 + (n - 1) * rho) / n), Math.sqrt((1 - rho) * (n - 1) / n));
    }

    /** The correlation of an angle. */
    static double correlation(final RandomBlock block, final double angle) {
        final double cos = Math.cos(angle);
        final double n = block.size();
        return block.free() ? cos : 1 - cos * cos * n / (n - 1);
    }

    private void lowerRows(final RandomBlock block, final double[][] q, final int from,
        final List<double[]> directions) {
        for (int i = from; i < block.size(); i++) {
            for (int l = 0; l <= i; l++) {
                directions.add(entry(block, q, i, l));
            }
        }
    }

    /** A residual parameter, by its place in {@link ResidualModel#names}: its eta, or the logarithm of a variance. */
    Held residual(final int parameter) {
        final ResidualModel residual = model.residual();
        final List<double[]> factors = List.of(model.random().directions());
        final AffineCoordinates all = build(factors);
        final int eta = residual.etaOfParameter(parameter);
        final int held = factors.size() + (eta < 0 ? residual.size() : eta);
        final int entries = entries();
        final int scale = entries + residual.size();
        final double[][] directions = all.directions();
        if (parameter < residual.variances() && eta >= 0) {
            // eta = (log value - log s) / 2
            directions[held][entries + eta] = 0.5;
            directions[factors.size() + residual.size()][entries + eta] = -0.5;
        } else if (residual.power() && eta < 0) {
            // log s = log value + 2 delta mean log |v|
            directions[factors.size()][scale] = 2 * residual.meanLog();
        }
        final Held free = Held.of(residual, all, held, estimate);
        if (parameter >= residual.variances()) {
            return residual.power() ? free.within(held, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY) : free;
        }
        return free.within(held, residual.variances() > 1 ? logScale - residual.mostLogVarianceRatio()
            : Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    private static double[] scaled(final double[] direction, final double factor) {
        return Arrays.stream(direction).map(x -> factor * x).toArray();
    }

    /** Orthonormal rows that begin with the direction of m and span m and other with the first two. */
    private static double[][] orthonormal(final double[] m, final double[] other) {
        final int n = m.length;
        final double[][] q = new double[n][];
        int count = 0;
        for (int c = other == null ? -1 : -2; count < n; c++) {
            double[] v = new double[n];
            if (c < 0) {
                v = c == -1 && other != null ? other.clone() : m.clone();
            } else {
                v[c] = 1;
            }
            final double length = Math.sqrt(Matrices.dot(v, v));
            GramSchmidt.takeOff(v, Arrays.asList(q).subList(0, count));
            final double left = Math.sqrt(Matrices.dot(v, v));
            if (left > (c < 0 ? 0 : 0.1 / n) * length) {
                q[count] = v;
                Matrices.divide(v, left);
                count++;
            }
        }
        return q;
    }
}
