package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.likelihood.MarginalLikelihood;
import dev.mixedmodels.engine.likelihood.MarginalPoint;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.optimise.Optimum;
import dev.mixedmodels.engine.optimise.ProjectedNewton;
import dev.mixedmodels.engine.statistics.ExactFit;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Maximises the criterion of a structure over given data. */
final class StructureSearch {
    /** V whose correlation matrix has a smaller eigenvalue counts as singular. */
    private static final double SINGULAR = 1e-10;
    /** So does one with a smaller eigenvalue than this where the criterion also has next to no curvature. */
    private static final double NEARLY_SINGULAR = 1e-4;
    private static final double WEAK = 1e-6;
    /** A search along a ridge that leads to a singular V ends nearer to it than this. */
    private static final double RIDGE = 1e-6;

    /** So does a variance below this part of the largest at which a search ended without convergence. */
    private static final double VANISHING = 1e-12;

    /** Largest number of steps across flat directions. */
    private static final int POLISHING = 20;

    private final RepeatedData data;
    private final LayoutCheck check;
    private final boolean reml;
    private final int maxIterations;
    private final double tolerance;

    StructureSearch(final RepeatedData data, final MarginalSettings settings) {
        this.data = data;
        check = new LayoutCheck(data);
        reml = settings.estimation().reml();
        maxIterations = settings.estimation().maxIterations();
        tolerance = settings.estimation().tolerance();
    }

    /**
     * @param structure the structure to fit
     * @param progress of the fit
     * @return the estimates
     * @throws ModelException if the rows do not bear the structure
     */
    StructureFit fit(final VisitStructure structure, final Progress progress) {
        return fit(structure, null, progress);
    }

    /**
     * The same from parameters that are near the estimates; null, or ones that the rows do not bear, to look for a
     * start.
     */
    StructureFit fit(final VisitStructure structure, final double[] near, final Progress progress) {
        check.structure(structure);
        final SubjectCovariance model = model(structure, progress.sub(0, 0.5));
        progress.report(0.5, "Maximising the likelihood");
        final MarginalLikelihood likelihood = model.likelihood();
        final MarginalLikelihood search = model.forSearch();
        ScoredPoints points = new ScoredPoints(search);
        final ScoredPoints searched = points;
        final Function<double[], Optimum> newton = start -> minimise(model, searched, model.toSearch(start), progress);
        final Optimum found = near != null && Double.isFinite(likelihood.value(near, null, null)) ? newton.apply(near)
            : model.search(newton);
        Optimum optimum = found;
        if (search != likelihood) {
            points = new ScoredPoints(likelihood);
            final Optimum last = minimise(model, points, model.fromSearch(found.theta()), progress);
            optimum = new Optimum(last.theta(), last.value(), last.gradient(), last.atLower(), last.atUpper(),
                found.iterations() + last.iterations(), found.evaluations() + last.evaluations(), last.converged());
        }
        requireVariance(model, optimum);
        final MarginalPoint point = points.at(optimum.theta());
        final StructureFit estimates =
            optimum.converged() ? polished(model, optimum, point) : estimates(model, optimum, point);
        if (!optimum.converged() && estimates.singular() || model.grows(optimum)) {
            throw unbounded(model);
        }
        return estimates;
    }

    private ModelException unbounded(final SubjectCovariance model) {
        return new ModelException("The likelihood of the structure \"" + model.structure() + "\" has no maximum "
            + "for these rows: the better the fit, the nearer the covariance matrix V is to a singular one. Either "
            + Words.count(data.subjects(), "subject") + (data.subjects() == 1 ? " is" : " are") + " too few for its "
            + Words.count(model.likelihood().parameters(), "parameter") + ", or some combination of a subject's rows "
            + "does not vary at all, such as their sum or their "
            + "differences. Choose a structure with fewer parameters or use fewer fixed effects, and look for columns "
            + "that were computed from one another.");
    }

    /**
     * Refuses a variance that is no more than the rounding of the response, or on its way there when rounding ended the
     * search: the likelihood grows as it goes to 0.
     */
    private void requireVariance(final SubjectCovariance model, final Optimum optimum) {
        for (int g = 0; g < model.groups(); g++) {
            final double[] v = model.typical(model.part(optimum.theta(), g));
            final int n = (int) Math.round(Math.sqrt(v.length));
            final double largest = IntStream.range(0, n).mapToDouble(i -> v[i * n + i]).max().orElseThrow();
            for (int i = 0; i < n; i++) {
                final double variance = v[i * n + i];
                if (ExactFit.is(variance, 1, data.design().largestResponse())
                    || !optimum.converged() && variance < VANISHING * largest) {
                    throw new ModelException("The likelihood of the structure \"" + model.structure() + "\" has no "
                        + "maximum: it grows without limit as the variance" + (!model.structure().homogeneous()
                            ? " at visit \"" + data.visits().get(i) + "\"" : "")
                        + " goes to 0, for the fixed effects can reproduce the response in its rows exactly. Choose a "
                        + "structure with one common variance, or use fewer fixed effects.");
                }
            }
        }
    }

    private ModelException undetermined(final SubjectCovariance model) {
        return new ModelException("The rows do not determine the structure \"" + model.structure() + "\": the likelihood "
            + "is the same for many covariance matrices V, and the standard errors of the fixed effects depend on which "
            + "it is. The fixed effects take up all that would tell them apart, such as all differences between the "
            + Words.count(data.subjects(), "subject") + ". Take out fixed effects that tell subjects apart, or choose a "
            + "structure with fewer parameters.");
    }

    /** The minimum that a search finds from parameters, which are null where there are none to start from. */
    private Optimum minimise(final SubjectCovariance model, final ScoredPoints points, final double[] start,
        final Progress progress) {
        final MarginalLikelihood likelihood = points.likelihood();
        return Optional.ofNullable(start)
            .flatMap(theta -> new ProjectedNewton(points, likelihood.bounds(-1), likelihood.bounds(1), true)
                .minimiseIfPossible(theta, maxIterations, tolerance, progress)).orElseThrow(() -> unbounded(model));
    }

    /**
     * Where the criterion is flat along a curve, a search goes to and fro on it and stops early. Newton's steps across
     * the curve go on to the bottom.
     */
    private StructureFit polished(final SubjectCovariance model, final Optimum found, final MarginalPoint start) {
        Optimum best = found;
        MarginalPoint point = start;
        final boolean[] held = Information.held(model.likelihood(), found.theta());
        Information information = Information.acrossCurves(point, held);
        for (int step = 0; step < POLISHING && !information.flat().isEmpty(); step++) {
            final double[] theta = best.theta().clone();
            final double[] move = information.step();
            Arrays.setAll(theta, k -> theta[k] + move[k]);
            final MarginalPoint next = model.likelihood().at(theta);
            if (next == null || !Double.isFinite(next.value())) {
                break;
            }
            final Information there = Information.acrossCurves(next, held);
            if (!(there.steepness() < information.steepness() / 2)) {
                break;
            }
            information = there;
            point = next;
            best = new Optimum(theta, next.value(), there.gradient(), found.atLower(), found.atUpper(),
                best.iterations() + 1, best.evaluations() + 1, true);
        }
        final Optimum bounded = model.atBounds(best);
        return estimates(model, bounded, bounded == best ? point : model.likelihood().at(bounded.theta()));
    }

    private SubjectCovariance model(final VisitStructure structure, final Progress progress) {
        if (structure.overPlaces() != null) {
            return new PlaceCovariance(data.rows(), data.groups(), structure, reml, progress);
        }
        return new VisitCovariance(data, structure, reml);
    }

    private StructureFit estimates(final SubjectCovariance model, final Optimum optimum, final MarginalPoint point) {
        final boolean[] held = Information.held(model.likelihood(), optimum.theta());
        final Information information = Information.covariance(point, held);
        final double least = leastEigenvalue(model, optimum.theta());
        final boolean singular = !information.exists() || !(least > SINGULAR)
            || least <= NEARLY_SINGULAR && (information.weakest() <= WEAK || !information.flat().isEmpty()
                || optimum.converged()
                    && !Information.acrossCurves(point, held).flat().isEmpty());
        final boolean open = optimum.converged() && information.exists() && least > SINGULAR;
        Undetermined undetermined = open ? model.undetermined(optimum.theta(), information.flat()) : Undetermined.NONE;
        if (undetermined.touches(point.mean())) {
            if (!singular || least > RIDGE) {
                throw undetermined(model);
            }
            // the likelihood is flat on the way to a singular V: how near the search came is chance, V is determined
            undetermined = Undetermined.NONE;
        }
        return new StructureFit(model, optimum, optimum.value() + data.logDensityOfUnit(reml)
            + (reml ? data.coordinates().basis().logDeterminant() : 0),
            point, point.mean(), information.matrix(), !information.flat().isEmpty(), undetermined, singular);
    }

    /** The smallest eigenvalue of the correlation matrices of V; NaN if one has entries that are no numbers. */
    private static double leastEigenvalue(final SubjectCovariance model, final double[] theta) {
        double least = 1;
        for (int g = 0; g < model.groups(); g++) {
            final double[] v = model.typical(model.part(theta, g));
            final int n = (int) Math.round(Math.sqrt(v.length));
            final double[][] correlation = new double[n][n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    correlation[i][j] = v[i * n + j] / Math.sqrt(v[i * n + i] * v[j * n + j]);
                }
            }
            least = Math.min(least, Matrices.eigen(correlation).values()[n - 1]);
        }
        return least;
    }
}
