package dev.mixedmodels.engine.fit;

import java.util.ArrayList;
import java.util.List;

/**
 * Random effects and residuals together.
 *
 * @param random the random effects
 * @param residual the residuals
 */
public record CovarianceModel(RandomModel random, ResidualModel residual) {

    /** Number of random effects. */
    public int q() {
        return random.q();
    }

    /** The coordinates of F and eta in the profiled criterion, all free. */
    public AffineCoordinates coordinates() {
        return coordinates(random.directions(), residual.size());
    }

    /** Given directions of F, and so many further coordinates that are free and stand for themselves. */
    public AffineCoordinates coordinates(final double[][] factors, final int rest) {
        final int entries = q() * q();
        final double[][] directions = new double[factors.length + rest][entries + rest];
        for (int k = 0; k < factors.length; k++) {
            System.arraycopy(factors[k], 0, directions[k], 0, entries);
        }
        for (int k = 0; k < rest; k++) {
            directions[factors.length + k][entries + k] = 1;
        }
        return new AffineCoordinates(q(), new double[entries + rest], directions);
    }

    /** Where a search may begin: entries of F and eta. */
    public double[] start() {
        final double[] z = new double[q() * q() + residual.size()];
        System.arraycopy(random.startFactor(), 0, z, 0, q() * q());
        System.arraycopy(residual.start(), 0, z, q() * q(), residual.size());
        return z;
    }

    /** Number of reported parameters: those of D, then those of the residuals. */
    public int parameters() {
        return random.parameters() + residual.names().size();
    }

    /** Names of the reported parameters. */
    public List<String> parameterNames() {
        final List<String> names = new ArrayList<>(random.parameterNames());
        names.addAll(residual.names());
        return names;
    }
}
