package dev.mixedmodels.engine.oneway;

import dev.mixedmodels.engine.result.BlupRow;
import java.io.Serializable;
import java.util.function.IntToDoubleFunction;

/**
 * What a fitted model says of groups and their rows, apart from what is known of the groups themselves: predicts any
 * part of the groups, on any machine, as it predicts all of them.
 */
public final class GroupPredictions implements Serializable {
    private static final long serialVersionUID = 1L;

    private final RandomInterceptSettings settings;
    private final GroupCentre centre;
    private final double mean;
    private final double meanLow;
    private final VarianceEstimates estimates;
    private final double unit;

    GroupPredictions(final RandomInterceptSettings settings, final AnovaTable anova, final VarianceEstimates estimates,
        final double unit) {
        this.settings = settings;
        centre = anova.centre();
        mean = anova.grandMean();
        meanLow = anova.grandMeanLow() + estimates.mean() * unit;
        this.estimates = estimates;
        this.unit = unit;
    }

    /**
     * @param part groups that took part in the fit, all rows of each
     * @return the table of their predictions, computed while it is read
     */
    public Iterable<BlupRow> blups(final GroupedData part) {
        return predictor(part);
    }

    /**
     * @param part groups that took part in the fit, all rows of each
     * @return a fresh computer of fitted values, to be fed with all rows of these groups and of new ones in their order
     */
    public FittedValues fittedValues(final GroupedData part) {
        return fittedValues(part, predictor(part));
    }

    FittedValues fittedValues(final GroupedData part, final BlupPredictor predictor) {
        final double square = unit * unit;
        return new FittedValues(mean, meanLow, estimates.sigma2() * square, estimates.tau2() * square,
            part.statistics(), predictor);
    }

    private BlupPredictor predictor(final GroupedData part) {
        final GroupStatistics statistics = part.statistics();
        statistics.measureIn(centre.unit());
        return predictor(part, group -> centre.deviation(statistics, group));
    }

    BlupPredictor predictor(final GroupedData part, final IntToDoubleFunction deviation) {
        return new BlupPredictor(settings, part, deviation, mean + meanLow, estimates, unit);
    }
}
