package dev.mixedmodels.engine.picture;

import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.model.ModelKind;
import dev.mixedmodels.engine.result.BlupRow;
import dev.mixedmodels.engine.result.CovarianceEntryRow;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import dev.mixedmodels.engine.result.ModelTables;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What the view of a mixed or marginal model shows, gathered while its tables are written. */
public final class MixedModelPicture {
    private static final int FIGURES = 3;
    private static final int CATERPILLARS = 8;
    private static final int UNOBSERVED = 200_000;

    private final String node;
    private final Frame frame;
    private final boolean marginal;
    private final BlupCharts blups = new BlupCharts();
    private final List<BlupRow> unobserved = new ArrayList<>();
    private final ResidualCharts residuals;
    private String unit;
    private String x;
    private CourseChart courses;
    private boolean started;

    /**
     * @param kind which node it is; a marginal model has no random effects, so that table 3 predicts unobserved visits
     * @param frame the columns of the input
     * @param unit the factor whose units are shown one by one; null: the last one of table 3
     * @param x column over which they are shown; null: the first numeric one after the response that is no unit
     */
    public MixedModelPicture(final ModelKind kind, final Frame frame, final String unit, final String x) {
        node = kind.node();
        this.frame = frame;
        marginal = kind == ModelKind.MARGINAL;
        this.unit = unit;
        this.x = x;
        residuals = new ResidualCharts(marginal);
    }

    /** When all BLUPs are there, before the first fitted value. */
    private void startCourses() {
        final List<BlupCharts.Effect> effects = blups.effects();
        if (unit == null && !effects.isEmpty()) {
            unit = effects.get(effects.size() - 1).group();
        }
        final boolean given = x != null;
        final List<String> predictors = new ArrayList<>();
        if (x == null) {
            final Set<String> units = new HashSet<>(frame.names().subList(0, Math.min(1, frame.names().size())));
            effects.forEach(e -> units.addAll(List.of(e.group().split("[/:]"))));
            predictors.addAll(frame.names());
            predictors.removeIf(c -> units.contains(c) || c.equals(unit));
            x = predictors.stream().filter(c -> frame.column(c).numeric()).findFirst().orElse(null);
        }
        final RowLabels labels = unit == null || x == null || !frame.has(x) ? null : RowLabels.of(frame, unit);
        if (labels != null) {
            courses = new CourseChart(frame, labels, unit, x, marginal ? CourseChart.Fit.MEAN
                : given || predictors.size() == 1 ? CourseChart.Fit.CURVES : CourseChart.Fit.MARKS);
            unobserved.forEach(courses::add);
        }
    }

    /**
     * @param row the next row of table 3
     */
    public void add(final BlupRow row) {
        if (!marginal) {
            blups.add(row);
        } else if (unobserved.size() < UNOBSERVED) {
            unobserved.add(row);
        }
    }

    /**
     * @param row the next row of the table of fitted values
     * @param code number of its unit, -1 if the fit does not know it
     */
    public void add(final FittedRow row, final int code) {
        if (!started) {
            startCourses();
            started = true;
        }
        residuals.add(row);
        if (courses != null) {
            courses.add(code, row);
        }
    }

    /**
     * @param tables the output tables
     * @param fitted goes over the input once more
     * @param warnings the node's warnings
     * @return the picture
     */
    public Picture picture(final ModelTables tables, final FittedParts fitted,
        final List<String> warnings) {
        final FitFigures fit = new FitFigures(tables.modelFit());
        final String response = fit.response();
        final ChartMakers charts = new ChartMakers();
        if (courses != null) {
            charts.add(marks -> courses.chart(fitted, response, marks));
        }
        charts.add(marks -> blups.effects().stream().limit(CATERPILLARS).map(e -> blups.deviations(e, marks)).toList());
        charts.add(marks -> EffectPairs.of(blups, tables.covarianceMatrices(), marks));
        charts.add(marks -> MeansCharts.course(tables.course(), response));
        charts.add(marks -> MeansCharts.of(tables.means(), response, marks));
        charts.add(marks -> FixedEffectCharts.withinAndBetween(tables.fixedEffects()));
        charts.add(marks -> List.of(FixedEffectCharts.errors(tables.fixedEffects())));
        charts.add(marks -> List.of(VarianceCharts.split(tables.covarianceParameters(), response)));
        charts.add(marks -> matrices(tables, marks));
        charts.add(marks -> StructureChart.of(fit));
        charts.add(marks -> List.of(residuals.againstFitted(marks), residuals.quantiles(marks)));
        charts.add(blups::quantiles);
        charts.add(marks -> InfluenceChart.of(tables.influence(), marks));
        return Picture.of(node, overview(fit, tables, warnings),
            Scale.residual(response, residuals.centre(), fit.value("Residual Std. Deviation")), charts);
    }

    private List<Chart> matrices(final ModelTables tables, final int marks) {
        final Map<String, List<CovarianceEntryRow>> blocks = MatrixCharts.blocks(tables.covarianceMatrices(), "V");
        final List<Chart> charts = new ArrayList<>();
        blocks.forEach((block, entries) -> charts.add(MatrixCharts.heatMap(
            "Correlation of the rows of " + (block.isEmpty() ? "one " + unit : marginal ? block : unit + " " + block),
            "Correlation of each two rows, as the model implies it (matrix V).", block, entries, marks)));
        if (marginal && !blocks.isEmpty()) {
            charts.add(MatrixCharts.deviations(x == null ? "row" : x, blocks));
        }
        return charts;
    }

    private Overview overview(final FitFigures fit, final ModelTables tables, final List<String> warnings) {
        final String levels = String.join(", ", fit.startingWith("Levels of ").stream()
            .filter(r -> marginal || blups.effects().isEmpty() || isGroup(r))
            .map(r -> fit.count(r.statistic()) + " levels of " + r.statistic().substring("Levels of ".length()))
            .toList());
        final String sentence = node + " of " + fit.response() + ": " + fit.count("Rows Used") + " rows"
            + (levels.isEmpty() ? "" : ", " + levels) + ", by " + fit.method() + ".";
        final List<Figure> figures = new ArrayList<>();
        final List<FixedEffectRow> effects = tables.fixedEffects().stream()
            .filter(r -> Double.isFinite(r.estimate())).toList();
        effects.stream().filter(r -> effects.size() == 1 || !r.term().equals("(Intercept)")).limit(FIGURES)
            .forEach(r -> figures.add(new Figure(r.term(), r.estimate(), r.lower(), r.upper(), "Coefficient")));
        final List<CovarianceParameterRow> variances = tables.covarianceParameters().stream()
            .filter(r -> r.parameter().startsWith("Var(") && !Double.isNaN(r.stdDeviation())).toList();
        if (marginal || variances.isEmpty()) {
            figures.add(Figure.of("Residual standard deviation", fit.value("Residual Std. Deviation"), ""));
        } else {
            Stream.concat(variances.stream().filter(r -> !r.group().equals("Residual")).limit(FIGURES - 1),
                variances.stream().filter(r -> r.group().equals("Residual")).limit(1))
                .forEach(r -> figures.add(RandomInterceptPicture.deviation(
                "Standard deviation " + (r.group().equals("Residual") ? "of residuals"
                    : "of " + r.parameter().substring("Var(".length(), r.parameter().length() - 1) + " by "
                        + r.group()), r)));
        }
        return new Overview(sentence, fit.note("Formula"), figures, warnings);
    }

    private boolean isGroup(final FitStatisticRow row) {
        return blups.effects().stream().anyMatch(e -> row.statistic().equals("Levels of " + e.group()));
    }
}
