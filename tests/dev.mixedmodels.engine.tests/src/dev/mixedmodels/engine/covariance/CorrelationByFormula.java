package dev.mixedmodels.engine.covariance;

/** The correlations of the table by their definitions, entry by entry. */
public final class CorrelationByFormula {
    private CorrelationByFormula() {
    }

    /**
     * @param structure a structure
     * @param values its parameters as reported
     * @param positions coordinates, each of all rows
     * @param i a row
     * @param j a row of the same subject
     * @return their correlation
     */
    public static double of(final ResidualStructure structure, final double[] values, final double[][] positions,
        final int i, final int j) {
        if (i == j) {
            return 1;
        }
        final int steps = Math.abs(i - j);
        double square = 0;
        for (final double[] coordinate : positions) {
            square += (coordinate[i] - coordinate[j]) * (coordinate[i] - coordinate[j]);
        }
        final double distance = Math.sqrt(square);
        final double u = structure.parameters().contains(CorrelationParameter.RANGE) ? distance / values[0] : Double.NaN;
        final double shared = structure.nugget() ? 1 - values[1] : 1;
        return switch (structure) {
            case INDEPENDENT -> 0;
            case COMPOUND_SYMMETRY -> values[0];
            case AR1 -> Math.pow(values[0], steps);
            case CONTINUOUS_AR1 -> Math.pow(values[0], distance);
            case ARMA11 -> values[1] * Math.pow(values[0], steps - 1);
            case EXPONENTIAL, EXPONENTIAL_NUGGET -> shared * Math.exp(-u);
            case GAUSSIAN, GAUSSIAN_NUGGET -> shared * Math.exp(-u * u);
            case SPHERICAL, SPHERICAL_NUGGET -> u < 1 ? shared * (1 - 1.5 * u + 0.5 * u * u * u) : 0;
        };
    }

    /**
     * @param structure a structure
     * @param psi the optimiser's parameters
     * @param maxRows the largest number of rows of a subject
     * @return the parameters as reported
     */
    public static double[] values(final ResidualStructure structure, final double[] psi, final int maxRows) {
        final double[] values = new double[psi.length];
        for (int k = 0; k < psi.length; k++) {
            values[k] = switch (structure.parameters().get(k)) {
                case RHO -> Math.tanh(psi[k]);
                case RHO_OF_TIME -> Math.exp(-Math.exp(psi[k]));
                case RHO_OF_ALL -> (1 + 1.0 / (maxRows - 1)) / (1 + Math.exp(-psi[k])) - 1.0 / (maxRows - 1);
                case GAMMA -> (values[k - 1] + psi[k]) / 2;
                case RANGE -> Math.exp(psi[k]);
                case NUGGET -> psi[k];
            };
        }
        return values;
    }

    /**
     * @param structure a structure
     * @param dimensions of places
     * @return whether rows of a subject are placed in so many dimensions
     */
    public static boolean isIn(final ResidualStructure structure, final int dimensions) {
        return structure.overDistance() ? dimensions == 1 || dimensions > 0 && structure != ResidualStructure.CONTINUOUS_AR1
            : dimensions == 0;
    }
}
