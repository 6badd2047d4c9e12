package dev.mixedmodels.engine.fit;

import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.numeric.Cholesky;
import dev.mixedmodels.engine.numeric.GramSchmidt;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The submodels in which one reported parameter is held at a value, as affine coordinates of the absolute criterion.
 * An unstructured block is turned so that the effect of interest comes first: with Q orthonormal and m_j / |m_j| its
 * first column, b_j = m_j'b, F = Q G with G lower triangular has Var(b_j) = |m_j|^2 g_11^2. For a correlation
 * m_k = alpha q_1 + beta q_2 and (alpha g_11 + beta g_21, beta g_22) = t (rho, sqrt(1 - rho^2)).
 */
final class HeldParameter {
    /** Variance relative to the residual's that a singular D starts with, so that it may leave its boundary. */
    private static final double START = 0.01;

    private final CovarianceModel model;
    private final double[] estimate;
    private final double logScale;

    /**
     * What vanished at the estimate may come back as soon as another parameter moves: it starts a little above 0.
     *
     * @param model the covariance model
     * @param absolute the minimum as {@link FittedCovariance#absolute()} has it
     * @param near the same or another point, of which the residual parameters are taken to start with
     */
    HeldParameter(final CovarianceModel model, final double[] absolute, final double[] near) {
        this.model = model;
        logScale = absolute[absolute.length - 1];
        estimate = near.clone();
        final double[] factor = Arrays.copyOf(absolute, entries());
        final double[] u = Arrays.copyOf(model.random().coordinatesOf(factor), model.coordinates().size());
        final double[][] directions = model.random().directions();
        for (int k = 0; k < directions.length; k++) {
            final double least = Math.exp(logScale / 2) * Math.sqrt(START / Matrices.dot(directions[k], directions[k]));
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
            inside = g[i * n + i] * g[i * n + i] >= START * Math.exp(logScale);
        }
        if (!inside) {
            for (int i = 0; i < n; i++) {
                d[i][i] += START * Math.exp(logScale);
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
    private AffineCoordinates build(final double[] origin, final List<double[]> factors) {
        final int rest = model.residual().size() + 1;
        final AffineCoordinates free = model.coordinates(factors.toArray(new double[0][]), rest);
        System.arraycopy(origin, 0, free.origin(), 0, origin.length);
        return free;
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

    /** Variance of effect j of a block, v in the units of the likelihood. */
    Held variance(final RandomBlock block, final int j, final double v) {
        if (block.kind() == RandomStructure.COMPOUND_SYMMETRY) {
            return commonVariance(block, v);
        }
        final List<double[]> directions = new ArrayList<>();
        final double[] origin = new double[entries()];
        double[] near = estimate;
        if (block.free()) {
            final double[] m = block.toUser()[j];
            final double[][] q = orthonormal(m, null);
            near = turned(block, q);
            add(origin, Math.sqrt(v / Matrices.dot(m, m)), entry(block, q, 0, 0));
            lowerRows(block, q, 1, directions);
        } else {
            final double[][] basis = block.structure().factorBasis();
            final int held = block.kind() == RandomStructure.DIAGONAL ? j : 0;
            for (int k = 0; k < basis.length; k++) {
                if (k != held) {
                    directions.add(place(block, basis[k]));
                }
            }
            add(origin, Math.sqrt(v), place(block, basis[held]));
        }
        directions.addAll(others(block));
        return held(build(origin, directions), 0, near);
    }

    private Held commonVariance(final RandomBlock block, final double v) {
        final AffineCoordinates rest = build(new double[entries()], others(block));
        final CommonVariance all = new CommonVariance(block, v, rest);
        return held(rest, 0, estimate).with(all, all.near(estimate), 0, Math.PI / 2);
    }

    private Held held(final AffineCoordinates coordinates, final int nonNegative, final double[] near) {
        return Held.of(model.residual(), coordinates, nonNegative, near);
    }

    /** Correlation of effects j and k of a block. */
    Held correlation(final RandomBlock block, final int j, final int k, final double rho) {
        final List<double[]> directions = new ArrayList<>();
        double[] near = estimate;
        if (block.free()) {
            final double[] m = block.toUser()[j];
            final double[] other = block.toUser()[k];
            final double[][] q = orthonormal(m, other);
            near = turned(block, q);
            final double alpha = Matrices.dot(q[0], other);
            final double beta = Matrices.dot(q[1], other);
            final double[] first = entry(block, q, 0, 0);
            add(first, -alpha / beta, entry(block, q, 1, 0));
            final double[] second = new double[entries()];
            add(second, rho / beta, entry(block, q, 1, 0));
            add(second, Math.sqrt((1 - rho) * (1 + rho)) / beta, entry(block, q, 1, 1));
            directions.add(first);
            directions.add(second);
            lowerRows(block, q, 2, directions);
        } else {
            final double[] direction = new double[entries()];
            add(direction, Math.sqrt(1 - rho), place(block, block.structure().factorBasis()[0]));
            add(direction, Math.sqrt(1 + (block.size() - 1) * rho), place(block, block.structure().factorBasis()[1]));
            directions.add(direction);
        }
        directions.addAll(others(block));
        return held(build(new double[entries()], directions), block.free() ? 2 : 0, near);
    }

    private void lowerRows(final RandomBlock block, final double[][] q, final int from,
        final List<double[]> directions) {
        for (int i = from; i < block.size(); i++) {
            for (int l = 0; l <= i; l++) {
                directions.add(entry(block, q, i, l));
            }
        }
    }

    /** A residual parameter, by its place in {@link ResidualModel#names}. */
    Held residual(final int parameter, final double value) {
        final ResidualModel residual = model.residual();
        final List<double[]> factors = new ArrayList<>();
        for (final double[] direction : model.random().directions()) {
            factors.add(direction);
        }
        final AffineCoordinates all = build(new double[entries()], factors);
        return held(submodel(all, residual, parameter, value), 0, estimate);
    }

    private static AffineCoordinates submodel(final AffineCoordinates all, final ResidualModel residual,
        final int parameter, final double value) {
        final int etas = all.q() * all.q();
        final int scale = etas + residual.size();
        final int eta = residual.etaOfParameter(parameter);
        if (residual.correlation(parameter) != null) {
            return hold(all, etas + eta, residual.boundedEta(parameter, value));
        }
        if (residual.power() && parameter == 1) {
            return hold(all, etas, value);
        }
        if (eta < 0) {
            // log s = log value, with a power + 2 delta mean log |v|: delta moves log s along
            final AffineCoordinates held = hold(all, scale, Math.log(value));
            for (final double[] direction : held.directions()) {
                direction[scale] += residual.power() ? 2 * residual.meanLog() * direction[etas] : 0;
            }
            return held;
        }
        // eta = (log value - log s) / 2: log s moves eta along
        final AffineCoordinates held = hold(all, etas + eta, Math.log(value) / 2);
        for (final double[] direction : held.directions()) {
            direction[etas + eta] -= direction[scale] / 2;
        }
        return held;
    }

    private static AffineCoordinates hold(final AffineCoordinates all, final int place, final double value) {
        final List<double[]> directions = new ArrayList<>();
        for (final double[] direction : all.directions()) {
            if (direction[place] == 0) {
                directions.add(direction);
            }
        }
        all.origin()[place] = value;
        return new AffineCoordinates(all.q(), all.origin(), directions.toArray(new double[0][]));
    }

    private static void add(final double[] to, final double factor, final double[] from) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * from[i];
        }
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
                for (int i = 0; i < n; i++) {
                    v[i] /= left;
                }
                count++;
            }
        }
        return q;
    }
}
