package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.likelihood.RandomPart;
import dev.mixedmodels.engine.likelihood.SubjectShares;
import dev.mixedmodels.engine.numeric.Cholesky;
import dev.mixedmodels.engine.numeric.Matrices;

/**
 * The random effects of one subject given its rows, in the user's effects and units. With [R T] the reduced whitened
 * rows, D / s = F F' and S = I + R F F' R':
 * <pre>
 * BLUP                        b = D Z'V^-1 (y - X beta)           = F F' R' S^-1 (T_y - T_x beta)
 * Var(b | y), all known       D - D Z'V^-1 Z D                    = s F (I + F'R'R F)^-1 F'
 * K = D Z'V^-1 X              Var(b^ - b) = Var(b | y) + K phi K',  Cov(beta^, b^ - b) = -phi K'
 * </pre>
 * Sources: Henderson (1975) Biometrics 31:423-447; Pinheiro &amp; Bates (2000), section 2.2. A workspace of one thread.
 */
final class SubjectEffects {
    private final int q;
    private final int p;
    private final double unit;
    private final double s;
    private final double[] factor;
    private final double[] beta;
    private final double[][] phi;
    private final double[] userFactor;
    private final double[][] basis;
    private final SubjectShares.Reducer reducer;
    private final double[] r;
    private final double[] t;
    private final double[] rf;
    private final double[] root;

    /**
     * @param estimate the parameters
     * @param basis T with beta = T gamma, p x p
     */
    SubjectEffects(final Estimate estimate, final double[][] basis) {
        this.basis = basis;
        final SubjectShares shares = estimate.criterion().shares();
        q = shares.q();
        p = shares.p();
        unit = estimate.unit();
        s = Math.exp(estimate.logScale());
        factor = estimate.relativeFactor();
        beta = estimate.atMinimum().beta();
        phi = estimate.atMinimum().phi();
        userFactor = Matrices.flat(estimate.model().random().userFactor(factor));
        reducer = shares.reducer(estimate.eta());
        r = new double[q * q];
        t = new double[q * (p + 1)];
        rf = new double[q * q];
        root = new double[q * q];
    }

    /** Reads a subject; S = LL' is in root and RF in rf afterwards. */
    private void read(final int subject) {
        reducer.reduce(subject, r, t);
        RandomPart.root(r, 0, factor, q, rf, root);
    }

    /** F_u F' R' S^-1 x, F_u the factor of the user's effects. */
    private double[] gain(final double[] x) {
        Cholesky.solveLower(root, q, x);
        Cholesky.solveUpper(root, q, x);
        final double[] half = new double[q];
        final double[] gain = new double[q];
        for (int j = 0; j < q; j++) {
            for (int i = 0; i < q; i++) {
                half[j] += rf[i * q + j] * x[i];
            }
        }
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                gain[i] += userFactor[i * q + j] * half[j];
            }
        }
        return gain;
    }

    /** The BLUPs of a subject. */
    double[] blup(final int subject) {
        read(subject);
        final double[] x = new double[q];
        for (int i = 0; i < q; i++) {
            x[i] = t[i * (p + 1) + p];
            for (int k = 0; k < p; k++) {
                x[i] -= t[i * (p + 1) + k] * beta[k];
            }
        }
        final double[] b = gain(x);
        for (int i = 0; i < q; i++) {
            b[i] *= unit;
        }
        return b;
    }

    /**
     * Variances of the effects of the subject read last, in the user's units.
     *
     * @param conditional Var(b | y) with all parameters known, q x q
     * @param prediction Var(b^ - b), q x q
     * @param crossed Cov(beta^, b^ - b), p x q
     * @param onMean K by the coefficients of the working basis, q x p
     */
    record Uncertainty(double[][] conditional, double[][] prediction, double[][] crossed, double[][] onMean) {
    }

    /** The uncertainty of the subject whose BLUPs were computed last. */
    Uncertainty uncertainty() {
        final double[][] half = Matrices.square(RandomPart.halfVariance(rf, userFactor, q), q);
        final double[][] conditional = Matrices.scaled(Matrices.multiply(half, Matrices.transpose(half)), s * unit * unit);
        final double[][] userK = new double[q][p];
        for (int column = 0; column < p; column++) {
            final double[] x = new double[q];
            for (int i = 0; i < q; i++) {
                x[i] = t[i * (p + 1) + column];
            }
            final double[] gain = gain(x);
            for (int i = 0; i < q; i++) {
                userK[i][column] = gain[i];
            }
        }
        final double[][] prediction = Matrices.scaled(Matrices.sandwich(userK, phi), unit * unit);
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                prediction[i][j] += conditional[i][j];
            }
        }
        final double[][] crossed = Matrices.scaled(
            Matrices.multiply(Matrices.multiply(basis, phi), Matrices.transpose(userK)), -unit * unit);
        return new Uncertainty(conditional, prediction, crossed, userK);
    }
}
