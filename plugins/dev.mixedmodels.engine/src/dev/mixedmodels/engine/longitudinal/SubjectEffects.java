package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.likelihood.LocalShares;
import dev.mixedmodels.engine.likelihood.RandomPart;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.Arrays;

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
    private final EffectParameters parameters;
    private final LocalShares.Reducer reducer;
    private final RandomPart random;
    private final double[] r;
    private final double[] t;
    /** D Z'V^-1 [X y] and, before it, D Z'V^-1 Z of the subject read last in the user's effects, q x (q + p + 1). */
    private double[] gains;

    /**
     * @param parameters the estimates
     * @param reducer reduces the rows of the subjects
     */
    SubjectEffects(final EffectParameters parameters, final LocalShares.Reducer reducer) {
        this.parameters = parameters;
        this.reducer = reducer;
        q = parameters.q();
        p = parameters.p();
        unit = parameters.unit();
        random = new RandomPart(q, p + 1, parameters.relativeFactor());
        r = new double[q * q];
        t = new double[q * (p + 1)];
    }

    /** The BLUPs of a subject. */
    double[] blup(final int subject) {
        reducer.reduce(subject, r, t);
        random.solve(r, 0, t, 0);
        gains = random.gains(parameters.userFactor());
        final double[] b = new double[q];
        for (int i = 0; i < q; i++) {
            final int of = i * (q + p + 1) + q;
            b[i] = gains[of + p];
            for (int k = 0; k < p; k++) {
                b[i] -= gains[of + k] * parameters.beta()[k];
            }
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
        final double[][] half = Matrices.square(random.halfVariance(parameters.userFactor()), q);
        final double[][] conditional = Matrices.scaled(Matrices.multiply(half, Matrices.transpose(half)),
            parameters.s() * unit * unit);
        final double[][] userK = new double[q][];
        Arrays.setAll(userK, i -> Arrays.copyOfRange(gains, i * (q + p + 1) + q, (i + 1) * (q + p + 1) - 1));
        final double[][] prediction = Matrices.scaled(Matrices.sandwich(userK, parameters.phi()), unit * unit);
        Matrices.add(prediction, conditional);
        final double[][] crossed = Matrices.scaled(
            Matrices.multiply(Matrices.multiply(parameters.basis(), parameters.phi()), Matrices.transpose(userK)),
            -unit * unit);
        return new Uncertainty(conditional, prediction, crossed, userK);
    }
}
