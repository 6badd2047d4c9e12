package dev.mixedmodels.engine.numeric;

import dev.mixedmodels.engine.common.Progress;
import java.util.function.DoubleUnaryOperator;

/**
 * Upper tail of the largest of several correlated Student's t with the same degrees of freedom (multivariate t with
 * equal limits): what Dunnett's test and other single-step tests need. The t are correlated normals over one
 * independent sqrt(chi2(df) / df), so that the tail of the largest normal is all that is needed
 * ({@link StudentizedTail}). Where the correlations are products, r_ij = a_i a_j, as those of differences from one of
 * several independent means, that is one integral over a common factor, good to about 1e-12. Else it is a mean over a
 * lattice ({@link SequentialNormals}), whose error relative to the tail, however small it is, was seen below 1e-5 with
 * up to 5 statistics, 1e-4 with 8 and 1e-3 with 20, and up to thirty times that where some follow from the others, as
 * with all pairs. Not safe for several threads.
 * <p>
 * Source: Dunnett (1955) JASA 50:1096-1121; Genz &amp; Bretz (2009) Computation of Multivariate Normal and t
 * Probabilities.
 */
public final class LargestT {
    private static final double TINIEST = 1e-300;

    private final boolean twoSided;
    private final StudentizedTail any;
    private final StudentizedTail all;
    private final boolean neverAll;

    /**
     * @param correlation of the statistics, k x k, possibly singular
     * @param twoSided whether of absolute values
     * @param progress asked whether the user cancelled
     */
    public LargestT(final double[][] correlation, final boolean twoSided, final Progress progress) {
        this.twoSided = twoSided;
        final CommonFactor factor = CommonFactor.of(correlation);
        final DoubleUnaryOperator tailOfAny;
        final DoubleUnaryOperator tailOfAll;
        if (factor != null) {
            tailOfAny = w -> factor.any(w, twoSided);
            tailOfAll = factor::all;
        } else {
            final SequentialNormals normals = new SequentialNormals(correlation, progress);
            tailOfAny = w -> normals.any(w, twoSided);
            tailOfAll = normals::all;
        }
        any = new StudentizedTail(tailOfAny);
        all = new StudentizedTail(w -> Math.max(TINIEST, tailOfAll.applyAsDouble(w)));
        neverAll = !twoSided && tailOfAll.applyAsDouble(0) <= TINIEST;
    }

    /**
     * @param t a statistic; of absolute values its absolute value counts
     * @param df degrees of freedom, positive, possibly infinite
     * @return P(largest &gt; t)
     */
    public double upperTail(final double t, final double df) {
        if (twoSided || t > 0) {
            return any.upperTail(Math.abs(t), df);
        }
        // all are below t: by symmetry all are above -t
        return neverAll && df > 0 ? 1 : 1 - all.upperTail(-t, df);
    }
}
