package dev.mixedmodels.engine.inference;

import dev.mixedmodels.engine.design.WorkingBasis;
import dev.mixedmodels.engine.numeric.Matrices;

/**
 * Inference about the fixed effects in numbers, about gamma in the working basis of a design: standard errors and
 * degrees of freedom of any contrast follow without the data.
 *
 * @param kind which method
 * @param estimates gamma, length p
 * @param phi model-based covariance, p x p
 * @param covariance the one that standard errors come from: phi, adjusted, or a sandwich
 * @param matrices Satterthwaite: derivatives of phi by the covariance parameters; Kenward and Roger: P_k; sandwich: see
 *            {@link ClusterDf}; else null
 * @param w covariance of the covariance parameters; null where none is needed
 * @param df the one number of degrees of freedom of {@link Kind#CONSTANT}; else null
 * @param strata degrees of freedom between and within subjects, which then take the place of the method's; else null
 * @param containment degrees of freedom by containment, which do so too; else null
 */
public record StoredInference(Kind kind, double[] estimates, double[][] phi, double[][] covariance,
    double[][][] matrices, double[][] w, double[] df,
    BetweenWithinDf.Strata strata, ContainmentDf.Terms containment) {

    /** How degrees of freedom are found. */
    public enum Kind {
        /** The same for all contrasts. */
        CONSTANT,
        /** {@link Satterthwaite}. */
        SATTERTHWAITE,
        /** {@link KenwardRoger}. */
        KENWARD_ROGER,
        /** {@link ClusterDf}. */
        CLUSTERS
    }

    /**
     * @param other degrees of freedom between and within subjects
     * @return the same with these
     */
    StoredInference with(final BetweenWithinDf.Strata other) {
        return new StoredInference(kind, estimates, phi, covariance, matrices, w, df, other, null);
    }

    /**
     * @param other degrees of freedom by containment
     * @return the same with these
     */
    StoredInference with(final ContainmentDf.Terms other) {
        return new StoredInference(kind, estimates, phi, covariance, matrices, w, df, null, other);
    }

    /**
     * The same in another unit of the response.
     *
     * @param gamma estimates in the new unit
     * @param factor what deviations from them are multiplied by
     * @return inference about these
     */
    public StoredInference rescaled(final double[] gamma, final double factor) {
        final double square = factor * factor;
        double[][][] scaled = null;
        if (matrices != null) {
            scaled = new double[matrices.length][][];
            for (int k = 0; k < scaled.length; k++) {
                scaled[k] = Matrices.scaled(matrices[k], switch (kind) {
                    case KENWARD_ROGER -> 1 / square;
                    case CLUSTERS -> k == 0 ? 1 / square : k == 3 ? factor // precisions; directions of the estimates
                        : 1 / square / square; // products of two precisions
                    default -> square;
                });
            }
        }
        return new StoredInference(kind, gamma, Matrices.scaled(phi, square), Matrices.scaled(covariance, square),
            scaled, w, df, strata, containment);
    }

    /**
     * @return inference about the estimates themselves
     */
    public FixedInference own() {
        return switch (kind) {
            case CONSTANT -> new ConstantDf(estimates, covariance, df[0]);
            case SATTERTHWAITE -> new Satterthwaite(estimates, phi, matrices, w);
            case KENWARD_ROGER -> new KenwardRoger(this);
            case CLUSTERS -> new ClusterDf(this);
        };
    }

    /**
     * @param basis the basis that the estimates belong to
     * @return inference about the coefficients of X
     */
    public FixedInference over(final WorkingBasis basis) {
        final FixedInference outer = new BasisInference(own(), basis);
        return strata != null ? new BetweenWithinDf(outer, basis, strata)
            : containment != null ? new ContainmentDf(outer, containment) : outer;
    }
}
