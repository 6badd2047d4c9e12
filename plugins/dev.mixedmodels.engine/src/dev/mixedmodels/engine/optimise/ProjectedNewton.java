package dev.mixedmodels.engine.optimise;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.numeric.Cholesky;
import java.util.Optional;

/**
 * Newton's method within simple bounds: coordinates that the gradient holds at a bound are fixed, the others take a
 * damped Newton step that is projected onto the bounds. Second derivatives come from the objective or, where it has
 * none, from BFGS updates of the gradient.
 * <p>
 * Source: Bertsekas (1982) SIAM J. Control Optim. 20:221-246; Nocedal &amp; Wright (2006) Numerical Optimization,
 * chapters 3 and 6.
 */
public final class ProjectedNewton {
    /** Sufficient decrease, Armijo. */
    private static final double ARMIJO = 1e-4;
    /** Rounding of a -2 log likelihood of value 1. */
    private static final double ROUNDING = 1e-14;
    /** Square of the distance from the optimum, in standard errors, that shows nowhere. */
    private static final double NEGLIGIBLE = 1e-18;
    private static final int MAX_HALVINGS = 40;

    private final Objective objective;
    private final double[] lower;
    private final double[] upper;
    private final boolean secondDerivatives;
    private boolean predict;
    /** Whether the last second derivatives over the free coordinates were positive definite. */
    private boolean convex;
    private int evaluations;

    /**
     * @param objective the function
     * @param lower lower bounds, length m, possibly -infinity
     * @param upper upper bounds, length m, possibly infinity
     * @param secondDerivatives whether the objective fills in Hessians; else they are approximated
     */
    public ProjectedNewton(final Objective objective, final double[] lower, final double[] upper,
        final boolean secondDerivatives) {
        this.objective = objective;
        this.lower = lower;
        this.upper = upper;
        this.secondDerivatives = secondDerivatives;
    }

    /**
     * Stops within the tolerance of the minimum and takes the last step without evaluating it: point, value and
     * gradient are those that the second derivatives predict. What they miss is of third order in the length of that
     * step. A coordinate with equal bounds is held there, and its derivative is that of the minimum over the others.
     *
     * @return this
     */
    public ProjectedNewton predicting() {
        predict = true;
        return this;
    }

    /**
     * Minimises from a start.
     *
     * @param start where to begin, length m; moved into the bounds; the function must exist there
     * @param maxIterations at most so many steps
     * @param tolerance convergence: half the squared Newton decrement is below tolerance * max(1, |value|), when
     *            predicting below tolerance, or below the rounding of the objective
     * @param progress asked before each evaluation whether to go on
     * @return where it stopped
     * @throws IllegalArgumentException if the function does not exist at the start
     */
    public Optimum minimise(final double[] start, final int maxIterations, final double tolerance,
        final Progress progress) {
        return minimiseIfPossible(start, maxIterations, tolerance, progress)
            .orElseThrow(() -> new IllegalArgumentException("the objective does not exist at the start"));
    }

    /**
     * Minimises from a start, as above.
     *
     * @param start where to begin
     * @param maxIterations at most so many steps
     * @param tolerance convergence
     * @param progress asked before each evaluation whether to go on
     * @return where it stopped; empty if the function does not exist at the start
     */
    public Optional<Optimum> minimiseIfPossible(final double[] start, final int maxIterations, final double tolerance,
        final Progress progress) {
        evaluations = 0;
        final int m = start.length;
        double[] theta = project(start);
        double[] gradient = new double[m];
        double[][] hessian = secondDerivatives ? new double[m][m] : identity(m);
        double value = evaluate(theta, gradient, hessian, progress);
        if (!Double.isFinite(value)) {
            return Optional.empty();
        }
        double lastDecrement = Double.POSITIVE_INFINITY;
        int iteration = 0;
        boolean converged = false;
        while (true) {
            final double[] direction = direction(gradient, hessian, held(theta, gradient));
            double decrement = 0;
            for (int i = 0; i < m; i++) {
                decrement -= gradient[i] * direction[i];
            }
            final double scale = Math.max(1, Math.abs(value));
            // at the level of rounding: go on while steps still shorten the gradient, stop when they do not
            converged = decrement / 2 <= Math.max(predict ? tolerance : tolerance * scale, objective.rounding());
            if (converged && predict && convex) {
                return Optional.of(predicted(theta, value, gradient, hessian, direction, iteration));
            }
            if (converged && (decrement / 2 <= NEGLIGIBLE || !predict && decrement > lastDecrement / 4)
                || iteration == maxIterations) {
                break;
            }
            lastDecrement = decrement;
            // once the value has converged its last digits say nothing: the next gradient tells whether a step was one
            final double rounding = Math.max(converged ? tolerance * scale : ROUNDING * scale, objective.rounding());
            final double[] nextGradient = new double[m];
            final double[][] nextHessian = secondDerivatives ? new double[m][m] : null;
            double step = 1;
            double[] next = null;
            double nextValue = Double.NaN;
            for (int halving = 0; halving < MAX_HALVINGS; halving++, step /= 2) {
                next = move(theta, direction, step);
                nextValue = evaluate(next, nextGradient, nextHessian, progress);
                if (nextValue <= value + ARMIJO * slope(gradient, theta, next) + rounding) {
                    break;
                }
            }
            if (!(nextValue <= value + rounding)) {
                converged |= decrement / 2 <= Math.sqrt(ROUNDING) * tolerance * scale;
                break;
            }
            if (!secondDerivatives) {
                update(hessian, theta, next, gradient, nextGradient, iteration == 0);
            } else {
                hessian = nextHessian;
            }
            theta = next;
            value = nextValue;
            gradient = nextGradient;
            iteration++;
        }
        return Optional.of(optimum(theta, value, gradient, iteration, converged));
    }

    private Optimum predicted(final double[] theta, final double value, final double[] gradient,
        final double[][] hessian, final double[] direction, final int iteration) {
        final double[] minimum = move(theta, direction, 1);
        final double[] slopes = gradient.clone();
        double change = 0;
        for (int i = 0; i < theta.length; i++) {
            for (int j = 0; j < theta.length; j++) {
                slopes[i] += hessian[i][j] * (minimum[j] - theta[j]);
            }
            change += (gradient[i] + slopes[i]) / 2 * (minimum[i] - theta[i]);
        }
        return optimum(minimum, value + change, slopes, iteration, true);
    }

    private double evaluate(final double[] theta, final double[] gradient, final double[][] hessian,
        final Progress progress) {
        progress.check();
        evaluations++;
        return objective.value(theta.clone(), gradient, secondDerivatives ? hessian : null);
    }

    private double[] project(final double[] theta) {
        final double[] inside = theta.clone();
        for (int i = 0; i < inside.length; i++) {
            inside[i] = Math.min(upper[i], Math.max(lower[i], inside[i]));
        }
        return inside;
    }

    private double[] move(final double[] theta, final double[] direction, final double step) {
        final double[] moved = theta.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += step * direction[i];
        }
        return project(moved);
    }

    private static double slope(final double[] gradient, final double[] from, final double[] to) {
        double slope = 0;
        for (int i = 0; i < from.length; i++) {
            slope += gradient[i] * (to[i] - from[i]);
        }
        return Math.min(0, slope);
    }

    private boolean[] held(final double[] theta, final double[] gradient) {
        final boolean[] held = new boolean[theta.length];
        for (int i = 0; i < held.length; i++) {
            held[i] = theta[i] <= lower[i] && gradient[i] >= 0 || theta[i] >= upper[i] && gradient[i] <= 0;
        }
        return held;
    }

    /** -H^-1 g over the coordinates that are not held, H made positive definite by a multiple of its diagonal. */
    private double[] direction(final double[] gradient, final double[][] hessian, final boolean[] held) {
        final int m = gradient.length;
        final int[] free = new int[m];
        int n = 0;
        for (int i = 0; i < m; i++) {
            if (!held[i]) {
                free[n++] = i;
            }
        }
        final double[] step = new double[n];
        final double[] factor = new double[n * n];
        double ridge = 0;
        do {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    factor[i * n + j] = hessian[free[i]][free[j]];
                }
                final double diagonal = Math.abs(factor[i * n + i]);
                factor[i * n + i] += ridge * (diagonal > 0 ? diagonal : 1);
            }
            ridge = ridge == 0 ? 1e-3 : ridge * 4;
            convex = ridge == 1e-3;
        } while (!Cholesky.factor(factor, n) && ridge < 1e12);
        for (int i = 0; i < n; i++) {
            step[i] = -gradient[free[i]];
        }
        Cholesky.solveLower(factor, n, step);
        Cholesky.solveUpper(factor, n, step);
        final double[] direction = new double[m];
        for (int i = 0; i < n; i++) {
            direction[free[i]] = step[i];
        }
        return direction;
    }

    /** BFGS update of the Hessian approximation; the first one sets its scale. */
    private static void update(final double[][] h, final double[] from, final double[] to, final double[] gFrom,
        final double[] gTo, final boolean first) {
        final int m = from.length;
        final double[] s = new double[m];
        final double[] y = new double[m];
        double sy = 0;
        double yy = 0;
        for (int i = 0; i < m; i++) {
            s[i] = to[i] - from[i];
            y[i] = gTo[i] - gFrom[i];
            sy += s[i] * y[i];
            yy += y[i] * y[i];
        }
        if (!(sy > 1e-12 * Math.sqrt(yy) * norm(s))) {
            return; // no positive curvature to learn from
        }
        if (first) {
            for (int i = 0; i < m; i++) {
                h[i][i] = yy / sy;
            }
        }
        final double[] hs = new double[m];
        double shs = 0;
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                hs[i] += h[i][j] * s[j];
            }
            shs += s[i] * hs[i];
        }
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                h[i][j] += y[i] * y[j] / sy - hs[i] * hs[j] / shs;
            }
        }
    }

    private static double norm(final double[] x) {
        double sum = 0;
        for (final double v : x) {
            sum += v * v;
        }
        return Math.sqrt(sum);
    }

    private static double[][] identity(final int m) {
        final double[][] unit = new double[m][m];
        for (int i = 0; i < m; i++) {
            unit[i][i] = 1;
        }
        return unit;
    }

    private Optimum optimum(final double[] theta, final double value, final double[] gradient, final int iterations,
        final boolean converged) {
        final boolean[] held = held(theta, gradient);
        final boolean[] atLower = new boolean[theta.length];
        final boolean[] atUpper = new boolean[theta.length];
        for (int i = 0; i < theta.length; i++) {
            atLower[i] = held[i] && theta[i] <= lower[i];
            atUpper[i] = held[i] && theta[i] >= upper[i];
        }
        return new Optimum(theta, value, gradient, atLower, atUpper, iterations, evaluations, converged);
    }
}
