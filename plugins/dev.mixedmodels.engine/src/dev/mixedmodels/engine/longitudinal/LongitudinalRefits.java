package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.bootstrap.Refits;
import dev.mixedmodels.engine.common.Heap;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.covariance.SubjectCorrelation;
import dev.mixedmodels.engine.fit.CovarianceModel;
import dev.mixedmodels.engine.fit.CovarianceSearch;
import dev.mixedmodels.engine.fit.Minimum;
import dev.mixedmodels.engine.fit.RandomBlock;
import dev.mixedmodels.engine.inference.EstimationSettings;
import dev.mixedmodels.engine.likelihood.GaussianCriterion;
import dev.mixedmodels.engine.likelihood.IndependentSubjects;
import dev.mixedmodels.engine.likelihood.SubjectLikelihood;
import dev.mixedmodels.engine.likelihood.SubjectSeries;
import dev.mixedmodels.engine.likelihood.SubjectShares;
import dev.mixedmodels.engine.numeric.Parallel;
import dev.mixedmodels.engine.numeric.Sampler;
import dev.mixedmodels.engine.result.CovarianceEntryRow;
import dev.mixedmodels.engine.statistics.Grouping;
import dev.mixedmodels.engine.statistics.OtherResponses;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** A fit whose model draws responses and is fitted to them, from the estimates on. */
final class LongitudinalRefits implements Refits {
    private final HeldRows data;
    private final SubjectData coordinates;
    private final ResidualColumns residual;
    private final Estimate estimate;
    private final boolean reported;
    private final EstimationSettings settings;
    private final Progress progress;
    private final int p;
    private final int q;
    /** Which fitted row each row is. */
    private final int[] place;
    /** What is taken off the response before it is scaled. */
    private final double[] offset;
    private final Function<double[], SubjectShares> shares;

    /**
     * @param reported whether covariance parameters are wanted, which a model without some random effects does not have
     */
    LongitudinalRefits(final LongitudinalSettings settings, final SubjectData coordinates,
        final ResidualColumns residual, final Estimate estimate, final boolean reported, final Progress progress) {
        this.coordinates = coordinates;
        data = coordinates.rows();
        this.residual = residual;
        this.estimate = estimate;
        this.reported = reported;
        this.progress = progress;
        this.settings = settings.estimation();
        p = coordinates.p();
        q = coordinates.q();
        final SubjectShares own = estimate.criterion().shares();
        requireRoom(own instanceof IndependentSubjects);
        final int[] fitted = new int[data.tableRows() + 1];
        for (int i = 0; i < data.size(); i++) {
            fitted[data.tableRow(i) + 1] = 1;
        }
        Arrays.parallelPrefix(fitted, Integer::sum);
        place = new int[data.size()];
        offset = new double[data.size()];
        final double[] row = new double[data.width()];
        for (int i = 0; i < place.length; i++) {
            place[i] = fitted[data.tableRow(i)];
            data.row(i, row);
            for (int k = 0; k < p; k++) {
                offset[i] += row[k] * coordinates.gamma()[k] / data.rootWeight(i);
            }
        }
        shares = shares(own);
    }

    /**
     * Of each row: what is taken off and two places; where rows are reduced, what reduces them; and for each thread a
     * response twice, with the rows that it belongs to or the sums of subjects that change with it.
     */
    private void requireRoom(final boolean reduced) {
        final double row = Double.BYTES * (1 + (reduced ? p + q : 0)) + Integer.BYTES * (reduced ? 3 : 2);
        final double response = Double.BYTES * (2 + (reduced ? 0 : p + q + 1));
        final double subject = reduced ? Double.BYTES * q * (p + 1.0) : 0;
        final int threads = Parallel.threads();
        Heap.require(data.size() * (row + threads * response) + threads * data.subjects() * subject,
            "A bootstrap of " + data.size() + " rows on " + Words.count(threads, "thread") + " takes",
            "Give KNIME more memory (-Xmx in knime.ini), or choose intervals and tests without a bootstrap.");
    }

    private Function<double[], SubjectShares> shares(final SubjectShares own) {
        if (own instanceof IndependentSubjects reduced) {
            final int[] codes = new int[data.size()];
            for (int subject = 0; subject < data.subjects(); subject++) {
                Arrays.fill(codes, data.starts()[subject], data.starts()[subject + 1], subject);
            }
            final OtherResponses other = new OtherResponses(reduced.data(), data,
                new Grouping(coordinates.subject().name(), codes, data.subjects()));
            return y -> new IndependentSubjects(other.with(y));
        }
        final SubjectSeries series = (SubjectSeries) own;
        return y -> {
            final double[] values = series.values().clone();
            for (int i = 0; i < y.length; i++) {
                values[(i + 1) * (p + q + 1) - 1] = y[i];
            }
            return new SubjectSeries(q, p, values, series.starts(), series.structure(), series.positions(),
                series.exponents());
        };
    }

    @Override
    public int rows() {
        return place.length;
    }

    @Override
    public double[] draw(final Sampler random) {
        final double[] y = new double[place.length];
        final double[] beta = estimate.atMinimum().beta();
        final double[] f = estimate.factor();
        final double[] eta = estimate.eta();
        final double root = Math.exp(estimate.logScale() / 2);
        final double[] row = new double[data.width()];
        final SubjectCorrelation correlation = residual.model().at(eta, residual.positions());
        for (int subject = 0; subject < data.subjects(); subject++) {
            final double[] b = new double[q];
            for (int d = 0; d < q; d++) {
                final double u = random.normal();
                for (int c = 0; c < q; c++) {
                    b[c] += f[c * q + d] * u;
                }
            }
            final double[] e = residuals(subject, correlation, random);
            final int start = data.starts()[subject];
            for (int i = 0; i < e.length; i++) {
                data.row(start + i, row);
                double value = root * residual.relativeDeviation(eta, start + i) * e[i];
                for (int k = 0; k < p; k++) {
                    value += row[k] * beta[k];
                }
                for (int c = 0; c < q; c++) {
                    value += row[p + 1 + c] * b[c];
                }
                y[place[start + i]] = offset[start + i] + coordinates.scale() * value / data.rootWeight(start + i);
            }
        }
        return y;
    }

    /** Correlated standard normal residuals of a subject, in order of time. */
    private double[] residuals(final int subject, final SubjectCorrelation correlation, final Sampler random) {
        final int start = data.starts()[subject];
        final double[] e = new double[data.starts()[subject + 1] - start];
        Arrays.setAll(e, i -> random.normal());
        correlation.prepare(residual.positions(), start, e.length);
        correlation.unwhiten(e, 1);
        return e;
    }

    @Override
    public Refit own() {
        return refit(estimate.criterion(), estimate.minimum());
    }

    @Override
    public Worker worker() {
        return response -> {
            final double[] y = new double[place.length];
            for (int i = 0; i < y.length; i++) {
                y[i] = data.rootWeight(i) * (response[place[i]] - offset[i]) / coordinates.scale();
            }
            final SubjectLikelihood criterion = new SubjectLikelihood(shares.apply(y), estimate.criterion().reml(),
                progress);
            final CovarianceSearch search = new CovarianceSearch(estimate.model(), criterion, settings);
            final Minimum minimum = search.again(estimate.minimum().z());
            return minimum == null ? null : refit(criterion, minimum);
        };
    }

    private Refit refit(final SubjectLikelihood criterion, final Minimum minimum) {
        final GaussianCriterion unit =
            new GaussianCriterion(criterion.unitJet(minimum.coordinates(), minimum.z(), 0), criterion.reml());
        final double s = unit.residualSumOfSquares() / unit.degreesOfFreedom();
        final double value = unit.profiledValue() + 2 * unit.degreesOfFreedom() * Math.log(coordinates.scale())
            + (criterion.reml() ? coordinates.design().fixed().basis().logDeterminant() : 0) - coordinates.design()
            .logWeights();
        return new Refit(value, coordinates.design().fixed().basis()
            .coefficients(coordinates.coefficients(unit.beta())),
            reported ? parameters(minimum, s) : new double[0], minimum.optimum().converged());
    }

    /**
     * Covariance parameters in the order of their table (in each block covariances, each with its correlation, and
     * variances) and, with random effects, the intraclass correlation.
     */
    private double[] parameters(final Minimum minimum, final double s) {
        final CovarianceModel model = estimate.model();
        final double[] z = minimum.z();
        final double[] relative = Arrays.copyOf(minimum.coordinates().factor(z), q * q);
        final double[] eta = Arrays.copyOfRange(z, q * q, z.length);
        final double square = coordinates.scale() * coordinates.scale();
        final double[][] d =
            model.random().userCovariance(Arrays.stream(relative).map(f -> f * Math.sqrt(s)).toArray());
        final List<Double> values = new ArrayList<>();
        for (final RandomBlock block : model.random().blocks()) {
            for (int i = block.first(); i < block.first() + block.size(); i++) {
                for (int j = block.first(); j < i; j++) {
                    if (block.structure().parameter(i - block.first(), j - block.first()) >= 0) {
                        values.add(d[i][j] * square);
                        values.add(CovarianceEntryRow.correlation(d[i][j], d[i][i], d[j][j]));
                    }
                }
                values.add(d[i][i] * square);
            }
        }
        final double[] rest = model.residual().values(eta, Math.log(s));
        for (int k = 0; k < rest.length; k++) {
            values.add(k < model.residual().variances() ? rest[k] * square : rest[k]);
        }
        if (!model.random().blocks().isEmpty()) {
            values.add(VarianceShares.intraclass(coordinates, residual, relative, eta));
        }
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
