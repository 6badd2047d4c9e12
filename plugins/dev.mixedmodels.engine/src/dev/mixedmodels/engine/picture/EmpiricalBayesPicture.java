package dev.mixedmodels.engine.picture;

import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import dev.mixedmodels.engine.result.ShrinkageRow;
import java.util.ArrayList;
import java.util.List;

/** What the view of Empirical Bayes Shrinkage shows, gathered while its tables are written. */
public final class EmpiricalBayesPicture {
    private static final String NODE = "Empirical Bayes Shrinkage";

    private final String observed;
    private final double scale;
    private final ShrinkageCharts charts;
    private final ResidualCharts residuals = new ResidualCharts(false);

    /**
     * @param unit what a unit is, the name of a column
     * @param observed what is observed of it, the name of a column
     * @param confidence confidence level, in (0, 1)
     * @param scale what estimates are multiplied by before they are shown; NaN where they are transformed otherwise
     */
    public EmpiricalBayesPicture(final String unit, final String observed, final double confidence,
        final double scale) {
        this.observed = observed;
        this.scale = scale;
        charts = new ShrinkageCharts(unit, Tail.normalQuantile((1 - confidence) / 2));
    }

    /**
     * @param row the next row of the table of shrinkage estimates
     */
    public void add(final ShrinkageRow row) {
        charts.add(row);
    }

    /**
     * @param row the next row of the table of fitted values
     */
    public void add(final FittedRow row) {
        residuals.add(row);
    }

    /**
     * @param effects table 1
     * @param parameters table 2
     * @param modelFit table 5
     * @param warnings the node's warnings
     * @return the picture
     */
    public Picture picture(final List<FixedEffectRow> effects, final List<CovarianceParameterRow> parameters,
        final List<FitStatisticRow> modelFit, final List<String> warnings) {
        final FitFigures fit = new FitFigures(modelFit);
        final double mean = effects.size() == 1 ? effects.get(0).estimate() * scale : Double.NaN;
        final ChartMakers all = new ChartMakers();
        all.add(marks -> List.of(charts.lines(marks), charts.forest(mean, marks)));
        all.add(charts::ranks);
        all.add(marks -> charts.histogram(new PriorDensity(parameters, scale), marks));
        all.add(marks -> List.of(FixedEffectCharts.errors(effects)));
        all.add(marks -> List.of(charts.funnel(mean, marks), residuals.quantiles(marks)));
        return Picture.of(NODE, overview(fit, effects, parameters, warnings), Scale.none(observed), all);
    }

    private Overview overview(final FitFigures fit, final List<FixedEffectRow> effects,
        final List<CovarianceParameterRow> parameters, final List<String> warnings) {
        final String method = fit.note("Method");
        final String sentence = NODE + " of " + observed + ": " + fit.count("Rows Used") + " units, prior by "
            + (method.contains(";") ? method.substring(0, method.indexOf(';')) : method) + ".";
        final List<Figure> figures = new ArrayList<>();
        effects.stream().limit(3).forEach(r -> figures.add(new Figure(
            effects.size() == 1 ? "Mean of the prior" : r.term(), r.estimate(), r.lower(), r.upper(), "")));
        parameters.stream().filter(p -> p.parameter().equals("tau2")).findFirst().ifPresent(p -> figures.add(
            RandomInterceptPicture.deviation("Standard deviation of true values", p)));
        figures.add(new Figure("True value of a new unit", Double.NaN, fit.value("Prediction Interval Lower"),
            fit.value("Prediction Interval Upper"), "Prediction interval"));
        figures.add(Figure.of("Mean shrinkage", charts.meanShrinkage(), "0 = as observed, 1 = pooled fully"));
        figures.add(Figure.of("I2, %", fit.value("I2"), "Differences between units beyond chance"));
        return new Overview(sentence, fit.note("Formula"), figures.stream().filter(f -> !Double.isNaN(f.value())
            || !Double.isNaN(f.lower())).toList(), warnings);
    }
}
