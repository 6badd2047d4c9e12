package dev.mixedmodels.engine.numeric;

/**
 * Minimises u'Hu / 2 - b'u over u &gt;= 0 by the active-set method of Lawson &amp; Hanson (1974) Solving Least Squares
 * Problems, chapter 23, on the Gram matrix, from a feasible start.
 */
public final class NonNegativeQuadratic {
    private static final double RIDGE = 1e-13;
    private static final double LARGEST_RIDGE = 1e6;
    private static final double TOLERANCE = 1e-12;

    private final double[][] h;
    private final double[] b;
    private final double[] u;
    private final boolean[] free;

    private NonNegativeQuadratic(final double[][] h, final double[] b, final double[] start) {
        this.h = h;
        this.b = b;
        this.u = start.clone();
        this.free = new boolean[start.length];
        for (int j = 0; j < u.length; j++) {
            free[j] = u[j] > 0;
        }
    }

    /**
     * @param h n x n, symmetric, positive semidefinite
     * @param b length n
     * @param start feasible, not negative; near the solution it saves work
     * @return the minimiser
     */
    public static double[] minimise(final double[][] h, final double[] b, final double[] start) {
        final NonNegativeQuadratic problem = new NonNegativeQuadratic(h, b, start);
        problem.run();
        return problem.u;
    }

    private void run() {
        settle();
        double scale = 0;
        for (final double value : b) {
            scale = Math.max(scale, Math.abs(value));
        }
        for (int step = 0; step < 3 * u.length; step++) {
            int best = -1;
            double steepest = TOLERANCE * scale;
            for (int j = 0; j < u.length; j++) {
                final double descent = free[j] ? 0 : b[j] - Matrices.dot(h[j], u);
                if (descent > steepest) {
                    steepest = descent;
                    best = j;
                }
            }
            if (best < 0) {
                return;
            }
            free[best] = true;
            settle();
        }
    }

    /** Moves to the minimum over the free coordinates, fixing those that would turn negative on the way. */
    private void settle() {
        while (true) {
            final double[] target = solve();
            double step = 1;
            for (int j = 0; j < u.length; j++) {
                if (free[j] && target[j] <= 0) {
                    step = Math.min(step, u[j] / (u[j] - target[j]));
                }
            }
            boolean all = true;
            for (int j = 0; j < u.length; j++) {
                if (free[j]) {
                    final boolean stops = target[j] <= 0 && u[j] / (u[j] - target[j]) <= step;
                    u[j] = stops ? 0 : u[j] + step * (target[j] - u[j]);
                    free[j] = !stops;
                    all &= !stops;
                }
            }
            if (all && step == 1) {
                return;
            }
        }
    }

    /** The unconstrained minimum over the free coordinates; a small ridge keeps nearly equal columns apart. */
    private double[] solve() {
        int n = 0;
        final int[] index = new int[u.length];
        for (int j = 0; j < u.length; j++) {
            if (free[j]) {
                index[n++] = j;
            }
        }
        final double[] factor = new double[n * n];
        final double[] rhs = new double[n];
        for (double ridge = RIDGE;; ridge *= 100) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j <= i; j++) {
                    factor[i * n + j] = h[index[i]][index[j]];
                }
                factor[i * n + i] *= 1 + ridge;
                rhs[i] = b[index[i]];
            }
            if (Cholesky.factor(factor, n)) {
                break;
            }
            if (ridge > LARGEST_RIDGE) {
                return u.clone(); // no numbers to go on with
            }
        }
        Cholesky.solveLower(factor, n, rhs);
        Cholesky.solveUpper(factor, n, rhs);
        final double[] target = new double[u.length];
        for (int i = 0; i < n; i++) {
            target[index[i]] = rhs[i];
        }
        return target;
    }
}
