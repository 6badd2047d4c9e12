package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.inference.Deletion;
import dev.mixedmodels.engine.inference.Deletions;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.numeric.Parallel;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Estimates without a unit by one Newton step. At the estimates theta of all rows the gradient g of -2 log likelihood
 * without unit i is exact, from [X y]'V^-1 [X y] and its derivatives less those of the unit; its second derivatives are
 * those of all rows, H, in proportion to the rows that are left. With delta = -(N / (N - n_i)) H^-1 g and
 * K = [X y]'V^-1 [X y] without the unit, the mean follows from K - sum_k delta_k [X y]'V^-1 V_k V^-1 [X y]; a common
 * scale is taken as it is and not to first order. Work and time go with the rows once.
 * <p>
 * Source: Christensen, Pearson &amp; Johnson (1992) Technometrics 34:38-45; Pan, Fei &amp; Foster (2014) Technometrics
 * 56:276-284, for deletion of the covariance parameters.
 * <p>
 * The mathematics: doc/influence.md beside the sources.
 */
public final class OneStep implements Deletions {
    /** The covariance of the mean grows by no more where it is determined without a unit. */
    private static final double DETERMINED = Math.log(1e10);
    private static final int CHUNK = 256;

    private final int size;
    private final Supplier<UnitJets> source;
    private final CovarianceJet total;
    private final double[] phi;
    private final double logDetC;
    private final double[][] inverse;
    private final boolean reml;
    private final int scale;
    private final Function<double[], double[]> parameters;

    /**
     * @param size number of units
     * @param source their shares of the likelihood
     * @param total of all units, with first derivatives by the same parameters
     * @param inverse of the second derivatives of -2 log likelihood by these; null to leave them as they are
     * @param reml whether the restricted likelihood is meant
     * @param scale index of the parameter that is the logarithm of a common scale of V; -1 for none
     * @param parameters gives the reported parameters at a step from the estimates
     */
    public OneStep(final int size, final Supplier<UnitJets> source, final CovarianceJet total, final double[][] inverse,
        final boolean reml, final int scale, final Function<double[], double[]> parameters) {
        this.size = size;
        this.source = source;
        this.total = total;
        this.inverse = inverse;
        this.reml = reml;
        this.scale = scale;
        this.parameters = parameters;
        final MeanFit fit = fit(total.k0(), total.w());
        phi = fit.phi();
        logDetC = fit.logDetC();
    }

    /**
     * Adds up the shares of all units, in a fixed order.
     *
     * @param size number of units
     * @param source their shares
     * @param progress asked now and then whether to go on
     * @return the share of all
     */
    public static CovarianceJet total(final int size, final Supplier<UnitJets> source, final Progress progress) {
        final CovarianceJet[] parts = new CovarianceJet[(size + CHUNK - 1) / CHUNK];
        Parallel.forEach(parts.length, chunk -> {
            final UnitJets jets = source.get();
            for (int i = chunk * CHUNK; i < Math.min(size, (chunk + 1) * CHUNK); i++) {
                progress.check();
                final CovarianceJet jet = jets.read(i);
                parts[chunk] = parts[chunk] == null ? jet : parts[chunk].plus(jet, 1);
            }
        });
        CovarianceJet sum = parts[0];
        for (int c = 1; c < parts.length; c++) {
            sum = sum.plus(parts[c], 1);
        }
        return sum;
    }

    private static MeanFit fit(final double[] k0, final int w) {
        return MeanFit.of(0, Packed.square(k0, 1, w), w - 1);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Worker worker(final Progress progress) {
        final UnitJets jets = source.get();
        return unit -> {
            progress.check();
            return without(jets.read(unit));
        };
    }

    private Deletion without(final CovarianceJet unit) {
        final int p = total.w() - 1;
        double leverage = 0;
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                leverage += phi[i * p + j] * unit.k0()[Packed.at(i, j)];
            }
        }
        final CovarianceJet rest = total.plus(unit, -1);
        final GaussianCriterion criterion = new GaussianCriterion(rest, reml);
        final MeanFit there = fit(rest.k0(), total.w());
        if (there == null || !criterion.exists() || logDetC - there.logDetC() > DETERMINED) {
            return Deletion.impossible(leverage);
        }
        final double[] delta = new double[rest.parameters()];
        if (inverse != null) {
            final double[] step = Matrices.multiply(inverse, criterion.gradient());
            final double factor = (double) total.rows() / rest.rows();
            Arrays.setAll(delta, k -> -factor * step[k]);
        }
        final double[] moved = rest.k0().clone();
        for (int k = 0; k < delta.length; k++) {
            if (k != scale) {
                Packed.add(-delta[k], rest.first()[k], 0, moved, 0, moved.length);
            }
        }
        final double s = scale < 0 ? 1 : Math.exp(delta[scale]);
        final MeanFit first = fit(moved, total.w());
        final MeanFit mean = first == null || Math.abs(first.logDetC() - there.logDetC()) > DETERMINED ? there : first;
        final double[] covariance = new double[p * p];
        Arrays.setAll(covariance, i -> s * mean.phi()[i]);
        return new Deletion(mean.beta(), covariance, parameters.apply(delta), leverage);
    }
}
