package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.fit.CovarianceModel;
import dev.mixedmodels.engine.fit.CovarianceSearch;
import dev.mixedmodels.engine.fit.Minimum;
import dev.mixedmodels.engine.fit.RandomBlock;
import dev.mixedmodels.engine.fit.RandomModel;
import dev.mixedmodels.engine.inference.ChiBarSquare;
import dev.mixedmodels.engine.inference.ConeTest;
import dev.mixedmodels.engine.likelihood.CovarianceJet;
import dev.mixedmodels.engine.likelihood.GaussianCriterion;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.report.BootstrapIntervals;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FitStatisticRow.Category;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Likelihood ratios of the model against those with a random effect, a block or the whole random part left out, the
 * mean and the residual structure being the same.
 */
final class RandomTests {
    private static final int SIMULATIONS = 10_000;
    /** How far a search starts from D = 0, relative to the usual start. */
    private static final double LITTLE = 0.01;

    private final LongitudinalFit full;
    private final LongitudinalSettings settings;
    private final String group;
    private final Estimate estimate;
    private final Progress progress;
    private final Warnings warnings;
    private final Reduced none;
    private final List<FitStatisticRow> rows = new ArrayList<>();

    private RandomTests(final LongitudinalFit fit, final Progress progress, final Warnings warnings) {
        full = fit;
        settings = fit.settings();
        group = fit.data().subject().name();
        estimate = fit.estimate();
        this.progress = progress;
        this.warnings = warnings;
        none = fit(RandomModel.none(estimate.model().q()), null);
    }

    static List<FitStatisticRow> of(final LongitudinalFit fit, final Progress progress, final Warnings warnings) {
        final RandomModel random = fit.estimate().model().random();
        if (random.blocks().isEmpty()) {
            return List.of();
        }
        final RandomTests tests = new RandomTests(fit, progress, warnings);
        for (final RandomBlock block : random.blocks()) {
            tests.block(block);
        }
        tests.all();
        return tests.rows;
    }

    private void block(final RandomBlock block) {
        final RandomModel random = estimate.model().random();
        final List<String> names = random.names().subList(block.first(), block.first() + block.size());
        final boolean alone = random.blocks().size() == 1;
        if (!block.free()) {
            if (!alone) {
                final int parameters = block.structure().parameters();
                row("Random " + group + ": " + String.join(", ", names), fit(random.without(block,
                    IntStream.range(0, block.size()).boxed().toList())), parameters, parameters == 1
                        ? "half chi2(0), half chi2(1)" : null);
            }
            return;
        }
        for (int i = 0; i < block.size(); i++) {
            row("Random " + group + (alone && block.size() == 1 ? "" : ": " + names.get(i)),
                fit(random.without(block, List.of(i))), block.size(),
                String.format(Locale.ROOT, "half chi2(%d), half chi2(%d)", block.size() - 1, block.size()));
        }
    }

    /** A smaller model's fit; the minimum is null where its criterion cannot be computed. */
    private record Reduced(double statistic, boolean atBound, Minimum minimum, CovarianceModel model) {
    }

    private Reduced fit(final RandomModel reduced) {
        return reduced.blocks().isEmpty() ? none : fit(reduced, none);
    }

    /** The best fit of a smaller model; where there may be several minima also from one that it contains, if any. */
    private Reduced fit(final RandomModel reduced, final Reduced contained) {
        final CovarianceModel model = new CovarianceModel(reduced, estimate.model().residual());
        final CovarianceSearch search = new CovarianceSearch(model, estimate.criterion(), settings.estimation()).forValue();
        Minimum minimum = search.minimise(estimate.criterion().start(model, estimate.eta()));
        if (search.severalMinima()) {
            minimum = CovarianceSearch.better(minimum, search.best());
            if (contained != null && contained.minimum != null) {
                final double[] start = contained.minimum.z().clone();
                final double[] little = model.start();
                for (int i = 0; i < model.q() * model.q(); i++) {
                    start[i] = LITTLE * little[i];
                }
                minimum = CovarianceSearch.better(minimum, search.minimise(start));
            }
        }
        if (minimum == null) {
            return new Reduced(Double.NaN, false, null, model);
        }
        final double least = estimate.minimum().value();
        final double value = minimum.value();
        return new Reduced(CovarianceSearch.same(least, value) ? 0 : Math.max(0, value - least), !minimum.vanished().isEmpty(),
            minimum, model);
    }

    /** The mixture is half and half over parameters - 1 and parameters; null stands for the conservative chi2. */
    private void row(final String name, final Reduced reduced, final int parameters, final String mixture) {
        if (reduced.minimum == null) {
            rows.add(FitStatisticRow.of(Category.TEST, name, Double.NaN, "The model without it cannot be computed."));
            return;
        }
        final double p = mixture != null ? ChiBarSquare.halfAndHalf(reduced.statistic, parameters)
            : Tail.chiSquare(reduced.statistic, parameters);
        add(name, reduced, parameters, p, "Likelihood ratio; " + (mixture != null ? mixture
            : "chi2(" + parameters + "), conservative: true p-values are smaller"));
    }

    private void add(final String name, final Reduced reduced, final int parameters, final double p,
        final String note) {
        final String approximate = reduced.atBound
            ? ". Another variance is at its bound under the hypothesis, so that the mixture is approximate." : ".";
        rows.add(new FitStatisticRow(Category.TEST, name, reduced.statistic, parameters, Double.NaN, p,
            note + approximate));
        if (settings.inference().varianceIntervals().bootstrap()) {
            final int most = estimate.model().q() + 1; // tests
            final int done = rows.size() / 2;
            final Progress own = progress.sub((double) done / most, (double) (done + 1) / most);
            rows.add(BootstrapIntervals.test(name, full.refits(estimate, progress), full.refits(
                Estimate.of(reduced.model, estimate.criterion(), reduced.minimum, estimate.unit()), progress),
                settings.inference().varianceIntervals(), own, warnings));
        }
    }

    private void all() {
        final RandomModel random = estimate.model().random();
        final Reduced reduced = none;
        final int parameters = random.parameters();
        final String name = "All random terms";
        if (parameters == 1) {
            row(name, reduced, 1, "half chi2(0), half chi2(1)");
            return;
        }
        final double[][] information = reduced.minimum == null ? null : informationAtNull(reduced);
        if (information == null) {
            row(name, reduced, parameters, null);
            return;
        }
        final ConeTest.PValue p = new ConeTest(information, this::nearestPositive)
            .upperTail(reduced.statistic, SIMULATIONS, settings.seed());
        add(name, reduced, parameters, p.value(), String.format(Locale.ROOT, "Likelihood ratio; mixture of chi-squares "
            + "(chi-bar-square) from %d simulations, Monte Carlo standard error %.2g", SIMULATIONS, p.error()));
    }

    /** Covariances of an unstructured block count sqrt(2) times, so that lengths are those of the matrices. */
    private static double weight(final RandomBlock block, final int parameter) {
        return block.free() && !block.structure().isVariance(parameter) ? Math.sqrt(2) : 1;
    }

    /** Directions of D in which the cone is plain: elements of an unstructured block, F_k F_k' of another one. */
    private List<double[][]> coneDirections() {
        final List<double[][]> directions = new ArrayList<>();
        for (final RandomBlock block : estimate.model().random().blocks()) {
            final int n = block.size();
            for (int k = 0; k < block.structure().parameters(); k++) {
                final double[][] f = Matrices.square(block.structure().factorBasis()[k], n);
                final double[][] direction = Matrices.sandwich(block.toCommon(), block.free()
                    ? Matrices.square(block.structure().basis()[k], n) : Matrices.multiply(f, Matrices.transpose(f)));
                for (final double[] row : direction) {
                    for (int i = 0; i < row.length; i++) {
                        row[i] /= weight(block, k);
                    }
                }
                directions.add(direction);
            }
        }
        return directions;
    }

    /** The expected information about D where D = 0, residual parameters profiled out; null if it is singular. */
    private double[][] informationAtNull(final Reduced reduced) {
        final int q = estimate.model().q();
        final double[] eta = estimate.eta();
        final double[] z = reduced.minimum.z();
        System.arraycopy(z, z.length - eta.length, eta, 0, eta.length);
        final CovarianceJet jet = estimate.criterion().jet(new double[q * q], eta, 2);
        final List<double[][]> directions = coneDirections();
        final int m = directions.size();
        final int elements = q * (q + 1) / 2;
        final int rest = jet.parameters() - elements;
        final double[][] first = new double[jet.parameters()][m + rest];
        for (int k = 0; k < m; k++) {
            int element = 0;
            for (int a = 0; a < q; a++) {
                for (int b = 0; b <= a; b++) {
                    first[element++][k] = directions.get(k)[a][b];
                }
            }
        }
        for (int r = 0; r < rest; r++) {
            first[elements + r][m + r] = 1;
        }
        final double[][] full = new GaussianCriterion(jet.change(first),
            estimate.criterion().reml()).expectedHessian();
        final double[][] inverse = Matrices.inversePositiveDefinite(full);
        if (inverse == null) {
            return null;
        }
        final double[][] ofD = new double[m][];
        for (int k = 0; k < m; k++) {
            ofD[k] = Arrays.copyOf(inverse[k], m);
        }
        return Matrices.inversePositiveDefinite(ofD);
    }

    /** Nearest point of the cone: eigenvalues or coordinates below 0 become 0. */
    private double[] nearestPositive(final double[] theta) {
        final double[] nearest = theta.clone();
        int first = 0;
        for (final RandomBlock block : estimate.model().random().blocks()) {
            final int parameters = block.structure().parameters();
            if (block.free() && block.size() > 1) {
                final int n = block.size();
                final double[] d = new double[n * n];
                final double[] elements = new double[parameters];
                for (int k = 0; k < parameters; k++) {
                    elements[k] = theta[first + k] / weight(block, k);
                }
                block.structure().at(elements).value(d);
                PositivePart.of(d, n);
                final double[] kept = block.structure().near(d);
                for (int k = 0; k < parameters; k++) {
                    nearest[first + k] = kept[k] * weight(block, k);
                }
            } else {
                for (int k = first; k < first + parameters; k++) {
                    nearest[k] = Math.max(0, theta[k]);
                }
            }
            first += parameters;
        }
        return nearest;
    }
}
