package dev.mixedmodels.engine.picture;

import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.result.BlupRow;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import dev.mixedmodels.engine.result.ModelTables;
import dev.mixedmodels.engine.result.ProfileCurve;
import java.util.ArrayList;
import java.util.List;

/** What the view of Random Intercept ANOVA shows, gathered while its tables are written. */
public final class RandomInterceptPicture {
    private final String response;
    private final String group;
    private final BlupCharts blups = new BlupCharts();
    private final ResidualCharts residuals = new ResidualCharts(false);
    private ObservationChart observations;

    /**
     * @param response name of the response
     * @param group name of the grouping column
     */
    public RandomInterceptPicture(final String response, final String group) {
        this.response = response;
        this.group = group;
    }

    /**
     * @param row the next row of the table of BLUPs, before any fitted value
     */
    public void add(final BlupRow row) {
        blups.add(row);
    }

    /**
     * @param row the next row of the table of fitted values
     */
    public void add(final FittedRow row) {
        residuals.add(row);
    }

    /**
     * To be asked for when all BLUPs are there.
     *
     * @return takes the observations of the groups that are shown one by one
     */
    public ObservationChart observations() {
        if (observations == null) {
            observations = new ObservationChart(blups, effect(), response);
        }
        return observations;
    }

    private BlupCharts.Effect effect() {
        return new BlupCharts.Effect(group, "(Intercept)");
    }

    /**
     * @param tables the output tables
     * @param profiles profiles of the variances; empty where the method has no likelihood
     * @param confidence confidence level of the intervals, in (0, 1)
     * @param warnings the node's warnings
     * @return the picture
     */
    public Picture picture(final ModelTables tables, final List<ProfileCurve> profiles, final double confidence,
        final List<String> warnings) {
        final FitFigures fit = new FitFigures(tables.modelFit());
        final ChartMakers charts = new ChartMakers();
        if (!blups.effects().isEmpty()) {
            charts.add(marks -> List.of(blups.means(effect(), response, marks)));
            charts.add(marks -> List.of(observations().chart(marks)));
        }
        charts.add(marks -> List.of(VarianceCharts.split(tables.covarianceParameters(), response)));
        charts.add(marks -> ProfileChart.of(profiles, Tail.chiSquareQuantile(1 - confidence, 1), confidence));
        charts.add(marks -> List.of(FixedEffectCharts.errors(tables.fixedEffects())));
        charts.add(marks -> List.of(residuals.againstFitted(marks), residuals.quantiles(marks)));
        charts.add(blups::quantiles);
        charts.add(marks -> InfluenceChart.of(tables.influence(), marks));
        final FixedEffectRow mean = tables.fixedEffects().get(0);
        final Scale scale = Scale.residual(response, mean.estimate(), fit.value("Residual Std. Deviation"));
        return Picture.of("Random Intercept ANOVA", overview(fit, mean, tables.covarianceParameters(), warnings), scale,
            charts);
    }

    private Overview overview(final FitFigures fit, final FixedEffectRow mean,
        final List<CovarianceParameterRow> parameters, final List<String> warnings) {
        final String sentence = "Variance of " + response + " between and within the " + fit.count("Levels of " + group)
            + " levels of " + group + ", " + fit.count("Rows Used") + " rows, by " + fit.method() + ".";
        final List<Figure> figures = new ArrayList<>();
        figures.add(new Figure("Mean of " + response, mean.estimate(), mean.lower(), mean.upper(), ""));
        for (final CovarianceParameterRow row : parameters) {
            if (row.parameter().startsWith("Var(")) {
                figures.add(deviation(row.group().equals("Residual") ? "Standard deviation within " + group
                    : "Standard deviation between " + group, row));
            }
        }
        final String correlation = "Intraclass Correlation " + group;
        figures.add(new Figure("Intraclass correlation", fit.value(correlation),
            fit.value(correlation + " Lower Bound"), fit.value(correlation + " Upper Bound"),
            "Correlation of two rows of a " + group));
        return new Overview(sentence, fit.note("Formula"), figures, warnings);
    }

    /** The root of a variance and of its bounds; a negative variance has none. */
    static Figure deviation(final String name, final CovarianceParameterRow row) {
        return row.estimate() < 0
            ? new Figure(name.replace("Standard deviation", "Variance"), row.estimate(), row.lower(), row.upper(), "")
            : new Figure(name, row.stdDeviation(), Math.sqrt(row.lower()), Math.sqrt(row.upper()), "");
    }
}
