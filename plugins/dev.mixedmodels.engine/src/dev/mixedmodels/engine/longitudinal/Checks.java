package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.fit.AffineCoordinates;
import dev.mixedmodels.engine.fit.CovarianceModel;
import dev.mixedmodels.engine.fit.Minimum;
import dev.mixedmodels.engine.fit.ResidualModel;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.likelihood.GaussianCriterion;
import dev.mixedmodels.engine.likelihood.SubjectLikelihood;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.statistics.ExactFit;
import dev.mixedmodels.engine.statistics.WithinResidual;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Data that a longitudinal model cannot be fitted to, and such as deserve a warning. */
final class Checks {
    /** The information about a direction of unit length, of parameters in their own units, that counts as none. */
    private static final double NO_INFORMATION = 1e-9;
    private static final double PART = 0.1;
    /**
     * Variance of random effects over that of residuals beyond which rows without anything left of them are
     * reproduced.
     */
    private static final double LARGEST_RATIO = 1e14;
    /** A derivative by a log standard deviation that counts as none; each row that is reproduced contributes 2. */
    private static final double LEVEL = 0.01;

    private Checks() {
    }

    /** Before the table is gone through. */
    static void table(final LongitudinalSettings settings, final Frame header) {
        final String name = settings.layout().time();
        if (name != null && !header.column(name).numeric()) {
            throw new ModelException("The time column \"" + name + "\" is text. Times must be numbers or dates: "
                + "convert it with \"String to Number\" (1, 2, 3 ...) or \"String to Date&Time\" first.");
        }
    }

    /** With the sums of the subjects. */
    static void data(final LongitudinalSettings settings, final SubjectData data, final Warnings warnings) {
        subjects(settings, data, warnings);
        rest(data);
    }

    /** Refuses a response of which nothing is left within subjects. */
    private static void rest(final SubjectData data) {
        final WithinResidual within = data.within();
        if (data.random() == null || within.df() <= 0) {
            return;
        }
        if (ExactFit.is(within.sumOfSquares() * data.scale() * data.scale(), within.df(),
            data.design().largestResponse())) {
            throw ExactFit.ofRandomEffects(data.design().responseName());
        }
    }

    /**
     * Refuses a residual variance that the search drives to 0: where every row has a coefficient or a random effect of
     * its own, only the structure of D stands against that.
     */
    private static void rest(final SubjectData data, final Estimate estimate) {
        double ratio = 0;
        for (final double f : estimate.relativeFactor()) {
            ratio += f * f;
        }
        if (data.within().df() <= 0 && ratio > LARGEST_RATIO) {
            throw ExactFit.ofRandomEffects(data.design().responseName());
        }
    }

    private static void subjects(final LongitudinalSettings settings, final SubjectData data, final Warnings warnings) {
        final String name = data.subject().name();
        final int most = data.most();
        final boolean structured = settings.covariance().residual() != ResidualStructure.INDEPENDENT;
        if (data.random() == null && !structured) {
            return;
        }
        if (most < 2) {
            throw new ModelException("Every subject of \"" + name + "\" has one row only. Differences between subjects "
                + "and over time within them cannot be told apart. Is \"" + name
                + "\" the column that says who was measured, and does the table have one row per subject and visit?");
        }
        if (data.random() == null) {
            return;
        }
        if (data.subjects() < 2) {
            throw new ModelException("\"" + name + "\" has one subject only. Random effects need several subjects; for "
                + "one, switch the random part off.");
        }
        if (!structured && most <= data.random().size()) {
            throw new ModelException(String.format(Locale.ROOT, "No subject of \"%s\" has more rows (at most %d) than "
                + "there are random effects (%d), so that these and the residuals cannot be told apart. Take random "
                + "slopes out.", name, most, data.random().size()));
        }
        betweenOnly(data, warnings);
    }

    /** Warns of random slopes of columns that do not vary within any subject. */
    private static void betweenOnly(final SubjectData data, final Warnings warnings) {
        for (int j = 0; j < data.q(); j++) {
            final String effect = data.random().names().get(j);
            if (!data.order().varies(j) && !effect.equals("(Intercept)")) {
                warnings.add("The random slope \"" + effect + "\" is constant within every subject of \""
                    + data.subject().name() + "\". Its variance is then one between subjects that grows with the "
                    + "square of \"" + effect + "\", not a difference of slopes.");
            }
        }
    }

    /**
     * With the likelihood: refuses parameters about which the expected information says nothing, naming the direction.
     */
    static void likelihood(final ModelDesign design, final CovarianceModel model, final SubjectLikelihood criterion) {
        final double[] direction = vacuousDirection(model, criterion);
        if (direction != null) {
            final List<String> names = involved(model, direction);
            throw new ModelException("These data say nothing about " + (names.isEmpty()
                ? "some combination of the covariance parameters" : names.size() == 1 ? names.get(0)
                : "a combination of " + Words.list(names)) + ": different values give the same covariance of the "
                + "rows. Choose a simpler random part or residual structure." + design.interceptAmongLevels());
        }
    }

    /** With the estimates. */
    static void estimate(final LongitudinalSettings settings, final SubjectData data, final Estimate estimate) {
        rest(data, estimate);
        admissible(settings, estimate);
    }

    /** Refuses a residual parameter at a bound towards which the likelihood grows for ever. */
    private static void admissible(final LongitudinalSettings settings, final Estimate estimate) {
        final ResidualModel residual = estimate.model().residual();
        final Minimum at = estimate.minimum();
        for (int k = 0; k < residual.names().size() && at.optimum().converged(); k++) {
            if (!estimate.atBound(k)) {
                continue;
            }
            final boolean grows = Math.abs(at.slope(residual.size(), residual.etaOfParameter(k))) > LEVEL;
            if (k < residual.variances() && grows) {
                throw new ModelException("The likelihood has no maximum: it grows without limit as the residual "
                    + "variance of the level \"" + residual.levels().get(k) + "\" of \"" + settings.covariance()
                    .varianceBy() + "\" goes to "
                    + "0, for the model can reproduce the response in its rows exactly. Does the level have few rows? "
                    + "Choose one residual variance for all rows, or simpler fixed effects or a simpler random part.");
            }
            if (residual.power() && k == 1) {
                throw new ModelException(String.format(Locale.ROOT,
                    "The likelihood has no maximum: it grows all the way to "
                    + "delta = %.4g, where some rows have no residual variance beside others. Choose another column "
                    + "than \"%s\" for the power, or none.", estimate.eta()[0],
                    settings.covariance().powerOf()));
            }
            correlation(estimate, k);
        }
    }

    /**
     * With one parameter the end of its range is no correlation at all, which is a model, or full correlation, which
     * is none.
     */
    private static void correlation(final Estimate estimate, final int parameter) {
        final ResidualModel residual = estimate.model().residual();
        final double value = residual.values(estimate.eta(), estimate.logScale())[parameter];
        if (residual.correlation(parameter) != null && residual.structure().parameters().size() == 1 && value != 0) {
            throw new ModelException(String.format(Locale.ROOT,
                "The likelihood has no maximum: it grows all the way to "
                + "%s = %.4g, the end of the range of the residual correlation, where the residuals of a subject "
                + "determine one another. Are the rows of a subject bound to a sum, or nearly the same? Choose another "
                + "residual structure, or a random part that takes up what subjects have in common.",
                residual.names().get(parameter), value));
        }
    }

    /** Null vector of the expected information at the start, of coordinates scaled to unit information; or null. */
    private static double[] vacuousDirection(final CovarianceModel model, final SubjectLikelihood criterion) {
        final AffineCoordinates coordinates = model.coordinates();
        final double[] z = coordinates.at(startOf(model, model.start()));
        final double[][] information =
            new GaussianCriterion(criterion.at(coordinates, z).jet(), criterion.reml()).expectedHessian();
        final int n = information.length;
        final double[] scale = new double[n];
        double most = 0;
        for (int k = 0; k < n; k++) {
            most = Math.max(most, information[k][k]);
        }
        for (int k = 0; k < n; k++) {
            if (!(information[k][k] > NO_INFORMATION * most)) {
                final double[] alone = new double[n];
                alone[k] = 1;
                return alone;
            }
            scale[k] = 1 / Math.sqrt(information[k][k]);
        }
        Matrices.rescale(information, scale);
        final Matrices.Eigen eigen = Matrices.eigen(information);
        return eigen.values()[n - 1] > NO_INFORMATION ? null : eigen.vectors()[n - 1];
    }

    private static double[] startOf(final CovarianceModel model, final double[] start) {
        final double[] x = new double[model.coordinates().size()];
        final double[] u = model.random().coordinatesOf(Arrays.copyOf(start, model.q() * model.q()));
        System.arraycopy(u, 0, x, 0, u.length);
        final int etas = model.residual().size();
        System.arraycopy(start, start.length - etas, x, x.length - etas, etas);
        return x;
    }

    /** The names of the parameters whose coordinates have a part in a direction. */
    private static List<String> involved(final CovarianceModel model, final double[] direction) {
        final List<String> coordinates = new ArrayList<>(model.random().parameterNames());
        coordinates.addAll(model.residual().coordinateNames());
        final List<String> names = new ArrayList<>();
        for (int k = 0; k < direction.length; k++) {
            if (Math.abs(direction[k]) > PART) {
                names.add(coordinates.get(k));
            }
        }
        return names;
    }
}
