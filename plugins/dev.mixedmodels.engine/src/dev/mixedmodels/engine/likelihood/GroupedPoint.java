package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.fit.AffineCoordinates;
import dev.mixedmodels.engine.fit.FreeCoordinates;
import dev.mixedmodels.engine.fit.Minimum;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.numeric.Parallel;
import dev.mixedmodels.engine.statistics.GroupReduction;
import java.util.Arrays;
import java.util.function.Supplier;

/** {@link GroupedStatistics} at a minimum; all derivatives are exact. */
final class GroupedPoint implements MixedPoint {
    private static final int UNITS_PER_CHUNK = 4096;

    private final GroupedStatistics statistics;
    private final GroupReduction data;
    private final SubjectLikelihood likelihood;
    private final AffineCoordinates coordinates;
    private final double[] z;
    private final double[] lambda;
    private final MeanFit mean;
    private final int q;
    private final int p;

    GroupedPoint(final GroupedStatistics statistics, final SubjectLikelihood likelihood, final Minimum minimum) {
        this.statistics = statistics;
        data = statistics.data();
        this.likelihood = likelihood;
        coordinates = minimum.coordinates();
        z = minimum.z();
        lambda = coordinates.factor(z);
        mean = new GaussianCriterion(likelihood.unitJet(coordinates, z, 0), likelihood.reml()).mean();
        q = data.effects();
        p = data.fixedEffects();
    }

    @Override
    public MeanFit mean() {
        return mean;
    }

    @Override
    public double rounding() {
        return 0; // sums of squares, nothing is subtracted
    }

    private GaussianCriterion criterion() {
        return new GaussianCriterion(likelihood.at(coordinates, z).jet(), likelihood.reml());
    }

    @Override
    public double[][] hessian(final Progress progress) {
        progress.check();
        return criterion().hessian();
    }

    @Override
    public double[][] informationDerivatives() {
        final double sigma2 = mean.r2() / mean.nu(likelihood.reml(), data.rows());
        return Arrays.stream(criterion().p()).limit(coordinates.size())
            .map(derivative -> Matrices.flat(Matrices.scaled(derivative, sigma2))).toArray(double[][]::new);
    }

    /**
     * b = G Z'V^-1 (y - X beta) and Cov(b | y) / sigma2 = Lambda (I + Lambda'R'R Lambda)^-1 Lambda', G = Lambda
     * Lambda'.
     */
    @Override
    public void unitEffects(final int k, final UnitEffects receiver) {
        final int levels = data.levels();
        Parallel.forEach((levels + UNITS_PER_CHUNK - 1) / UNITS_PER_CHUNK, chunk -> {
            final RandomPart random = new RandomPart(q, p + 1, lambda);
            final double[] blup = new double[q];
            final double[] onFixed = new double[q * p];
            final int end = Math.min(levels, (chunk + 1) * UNITS_PER_CHUNK);
            for (int j = chunk * UNITS_PER_CHUNK; j < end; j++) {
                random.solve(data.r(), j * q * q, data.t(), j * q * (p + 1));
                final double[] gains = random.gains(lambda);
                for (int i = 0; i < q; i++) {
                    final int of = i * (q + p + 1) + q;
                    System.arraycopy(gains, of, onFixed, i * p, p);
                    blup[i] = gains[of + p];
                    for (int c = 0; c < p; c++) {
                        blup[i] -= gains[of + c] * mean.beta()[c];
                    }
                }
                final double[] half = random.halfVariance(lambda);
                receiver.accept(j, blup, SmallMatrix.multiplyTransposed(half, half, q), onFixed);
            }
        });
    }

    @Override
    public void pairEffects(final int k, final int l, final PairEffects receiver) {
        throw new IllegalArgumentException("there is one factor only");
    }

    @Override
    public CovarianceCrossProducts crossProducts(final double[][][] basis, final Progress progress) {
        final int m = basis[0].length;
        final double[][] first = new double[q * (q + 1) / 2 + 1][m + 1];
        for (int k = 0; k < m; k++) {
            for (int i = 0; i < q * q; i++) {
                first[Packed.at(i / q, i % q)][k] = basis[0][k][i];
            }
        }
        first[first.length - 1][m] = 1;
        progress.check();
        final CovarianceJet jet = likelihood.unitJet(coordinates, z, 2).change(first);
        final GaussianCriterion criterion = new GaussianCriterion(jet, true);
        return new CovarianceCrossProducts(criterion.p(), criterion.q(), jet.trace2());
    }

    @Override
    public Supplier<UnitProducts> products() {
        return () -> new SeriesProducts(statistics.part(), data.levels(), lambda, new double[0]);
    }

    @Override
    public Supplier<UnitJets> jets(final double scale, final Progress progress) {
        final double[][] first =
            SubjectLikelihood.withScale(FreeCoordinates.first(q, z, coordinates.directions()));
        return () -> new SeriesJets(statistics.part(), data.levels(), unit -> data.counts()[unit], lambda,
            new double[0], scale, first);
    }
}
