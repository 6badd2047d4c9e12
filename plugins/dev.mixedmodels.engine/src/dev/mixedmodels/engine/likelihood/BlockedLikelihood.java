package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.fit.AffineCoordinates;
import dev.mixedmodels.engine.fit.CovarianceModel;
import dev.mixedmodels.engine.fit.FreeCoordinates;
import dev.mixedmodels.engine.fit.Likelihood;
import dev.mixedmodels.engine.fit.Minimum;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.optimise.Objective;
import dev.mixedmodels.engine.optimise.Optimum;
import java.util.Arrays;

/**
 * The likelihood of several grouping factors. Its gradient is exact; in place of second derivatives searches have the
 * average information, which learns from the gradients.
 *
 * @param statistics the rows
 * @param reml restricted or full maximum likelihood
 * @param progress asked before each evaluation whether to go on
 */
record BlockedLikelihood(BlockedStatistics statistics, boolean reml, Progress progress) implements Likelihood {
    private static final double ROUNDING = 1e-13;
    /** A squared distance from the optimum, in standard errors, that does not matter. */
    private static final double NEGLIGIBLE = 1e-13;
    private static final int MOST_POLISH = 3;

    @Override
    public int units() {
        return Arrays.stream(statistics.data.levels()).sum();
    }

    @Override
    public Objective profiled(final AffineCoordinates coordinates) {
        return learning(new PlsCriterion(statistics.pls(coordinates, reml)));
    }

    @Override
    public Objective absolute(final FreeCoordinates coordinates) {
        return learning(new AbsoluteCriterion(statistics, reml, coordinates));
    }

    private Objective learning(final Objective criterion) {
        return statistics.factor.twice ? criterion : new SecantObjective(criterion);
    }

    @Override
    public double[] start(final CovarianceModel model, final double[] eta) {
        final double[] start = model.start();
        final double[] deviations = EffectMoments.deviations(statistics.data);
        for (int i = 0; deviations != null && i < start.length; i++) {
            start[i] = i % (model.q() + 1) == 0 ? deviations[i / model.q()] : 0;
        }
        return start;
    }

    /** Newton steps with exact second derivatives where the approximate ones came to a halt before the optimum. */
    @Override
    public Minimum polished(final Minimum minimum) {
        Minimum best = minimum;
        final PlsCriterion criterion = new PlsCriterion(statistics.pls(minimum.coordinates(), reml));
        final int m = statistics.factor.twice ? 0 : minimum.coordinates().size();
        for (int step = 0; step < MOST_POLISH && m > 0; step++) {
            final Optimum o = best.optimum();
            final double[] gradient = new double[m];
            final double[][] approximate = new double[m][m];
            criterion.value(o.theta(), gradient, approximate);
            final double[] roughly = solve(approximate, gradient);
            final double[] direction = roughly != null && Matrices.dot(roughly, gradient) < NEGLIGIBLE ? null
                : solve(criterion.exactHessian(progress), gradient);
            if (direction == null || Matrices.dot(direction, gradient) < NEGLIGIBLE) {
                return best;
            }
            final double[] theta = o.theta().clone();
            Arrays.setAll(theta, a -> o.theta()[a] - direction[a]);
            final double value = criterion.value(theta, gradient, null);
            if (!(value <= o.value() + Math.max(ROUNDING * Math.abs(value), criterion.rounding()))) {
                return best;
            }
            best = new Minimum(best.coordinates(), best.coordinates().at(theta), new Optimum(theta, value, gradient,
                o.atLower(), o.atUpper(), o.iterations() + 1, o.evaluations() + 2 * m + 1, o.converged()), best.vanished());
        }
        return best;
    }

    /** H^-1 g; null if H is not positive definite. */
    private static double[] solve(final double[][] hessian, final double[] gradient) {
        final double[][] inverse = Matrices.inversePositiveDefinite(hessian);
        return inverse == null ? null : Matrices.multiply(inverse, gradient);
    }
}
