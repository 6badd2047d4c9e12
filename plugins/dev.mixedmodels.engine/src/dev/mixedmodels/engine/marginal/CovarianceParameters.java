package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.covariance.CovariancePoint;
import dev.mixedmodels.engine.covariance.CovarianceStructure;
import dev.mixedmodels.engine.covariance.ProfileForm;
import dev.mixedmodels.engine.covariance.ReportedParameter;
import dev.mixedmodels.engine.covariance.ReportedParameter.Kind;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.inference.ProfileBounds;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.inference.WaldBounds;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.result.CovarianceEntryRow;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import java.util.ArrayList;
import java.util.List;

/** The reported covariance parameters with their standard errors (delta method) and intervals. */
final class CovarianceParameters {
    /** A correlation over time that counts as 0. */
    private static final double ZERO = 1e-8;
    private static final ProfileBounds NONE = new ProfileBounds(Double.NaN, Double.NaN);

    /** A parameter; {@code open} if the rows do not determine it. */
    private record Figure(int group, ReportedParameter parameter, double estimate, double[] gradient, boolean open) {
    }

    private final RepeatedRows rows;
    private final StructureFit estimates;
    private final List<Figure> figures = new ArrayList<>();
    private final double[][] covariance;

    CovarianceParameters(final RepeatedRows rows, final StructureFit estimates) {
        this.rows = rows;
        this.estimates = estimates;
        final SubjectCovariance model = estimates.model();
        final CovarianceStructure typical = model.typical();
        final int n = typical.dimension();
        final int m = estimates.theta().length / model.groups();
        for (int g = 0; g < model.groups(); g++) {
            final CovariancePoint point = typical.at(model.part(estimates.theta(), g));
            final double[] v = new double[n * n];
            final double[] dv = new double[n * n];
            point.value(v);
            for (final ReportedParameter parameter : model.structure().reported(names(n))) {
                final double[] gradient = new double[estimates.theta().length];
                for (int r = 0; r < m; r++) {
                    point.first(r, dv);
                    gradient[g * m + r] = parameter.derivative(v, dv, n);
                }
                final boolean open = estimates.undetermined().parameter(g, parameter);
                figures.add(new Figure(g, parameter, open ? Double.NaN : parameter.value(v, n), gradient, open));
            }
        }
        covariance = Matrices.sandwich(figures.stream().map(Figure::gradient).toArray(double[][]::new),
            estimates.covariance());
    }

    private List<String> names(final int n) {
        return n == rows.visits().size() ? rows.visits() : List.of("0", "1").subList(0, n);
    }

    private String group(final int group) {
        return rows.groups() == 1 ? "Residual" : "Residual, " + rows.by().name() + " = " + rows.groupName(group);
    }

    List<CovarianceParameterRow> table(final VarianceIntervals intervals, final double confidence,
        final Progress progress) {
        final List<CovarianceParameterRow> table = new ArrayList<>(figures.size());
        for (int i = 0; i < figures.size(); i++) {
            progress.report((double) i / figures.size(), "Intervals of covariance parameters");
            final Figure figure = figures.get(i);
            final double stdError = fixed(figure) ? Double.NaN : Math.sqrt(covariance[i][i]);
            final Kind kind = figure.parameter.kind();
            final ProfileBounds bounds = bounds(figure, stdError, intervals, confidence, progress);
            table.add(new CovarianceParameterRow(group(figure.group), figure.parameter.name(),
                figure.estimate, stdError, bounds.lower(), bounds.upper(),
                kind == Kind.VARIANCE || kind == Kind.DIFFERENCE ? Math.sqrt(figure.estimate) : Double.NaN,
                kind == Kind.COVARIANCE && !figure.open ? correlation(figure) : Double.NaN,
                kind == Kind.VARIANCE && estimates.model().structure().homogeneous() ? 1 : Double.NaN,
                estimates.singular() || zeroOverTime(figure)));
        }
        return table;
    }

    /** Whether a parameter is no estimate with an error: left open or on its boundary. */
    private boolean fixed(final Figure figure) {
        return figure.open || estimates.singular() || zeroOverTime(figure);
    }

    /** Over time a correlation cannot be negative, so that 0 is a bound. */
    private boolean zeroOverTime(final Figure figure) {
        return estimates.model().structure().overTime() && figure.parameter.kind() == Kind.CORRELATION
            && figure.estimate < ZERO;
    }

    private double correlation(final Figure figure) {
        final CovarianceStructure typical = estimates.model().typical();
        final int n = typical.dimension();
        final double[] v = new double[n * n];
        typical.at(estimates.model().part(estimates.theta(), figure.group)).value(v);
        return new ReportedParameter("", Kind.CORRELATION, figure.parameter.row(), figure.parameter.column())
            .value(v, n);
    }

    private ProfileBounds bounds(final Figure figure, final double stdError, final VarianceIntervals intervals,
        final double confidence, final Progress progress) {
        final double quantile = Tail.normalQuantile((1 - confidence) / 2);
        if (!intervals.wald() || Double.isNaN(stdError)) {
            return NONE;
        }
        final ProfileBounds profile = intervals.profile() ? profile(figure, confidence, progress) : null;
        return profile != null ? profile : wald(figure, quantile * stdError);
    }

    /** Variances on the log scale, correlations on Fisher's z, covariances as they are. */
    private static ProfileBounds wald(final Figure figure, final double half) {
        final double x = figure.estimate;
        return switch (figure.parameter.kind()) {
            case VARIANCE, DIFFERENCE -> WaldBounds.variance(x, half);
            case CORRELATION -> WaldBounds.correlation(x, half, -1);
            case COVARIANCE -> WaldBounds.plain(x, half);
        };
    }

    private ProfileBounds profile(final Figure figure, final double confidence, final Progress progress) {
        if (estimates.model() instanceof VisitCovariance model) {
            final ProfileForm form = ProfileForm.of(model.structure(), figure.parameter,
                model.typical().dimension());
            if (form == null) {
                return null;
            }
            final ProfileBounds bounds = new ProfileInterval(model.with(form.structure()),
                model.convert(estimates.theta(), form.structure()),
                figure.group * form.structure().parameters() + form.index(), progress).bounds(confidence);
            return map(bounds, form.value().applyAsDouble(bounds.lower()), form.value().applyAsDouble(bounds.upper()));
        }
        final TimeCovariance overTime = (TimeCovariance) estimates.model(); // (log s, logit of the correlation)
        final boolean variance = figure.parameter.kind() == Kind.VARIANCE;
        final ProfileBounds bounds = new ProfileInterval(overTime.likelihood(), estimates.theta(),
            2 * figure.group + (variance ? 0 : 1), progress).bounds(confidence);
        return variance ? map(bounds, Math.exp(2 * bounds.lower()), Math.exp(2 * bounds.upper()))
            : map(bounds, overTime.correlation(bounds.lower()), overTime.correlation(bounds.upper()));
    }

    private static ProfileBounds map(final ProfileBounds inner, final double lower, final double upper) {
        return new ProfileBounds(Double.isNaN(inner.lower()) ? Double.NaN : lower,
            Double.isNaN(inner.upper()) ? Double.NaN : upper);
    }

    /** Figures that a correlation beside its covariance does not repeat. */
    private List<Figure> own() {
        final boolean unstructured = estimates.model().structure() == VisitStructure.UNSTRUCTURED;
        return figures.stream().filter(figure -> !unstructured || figure.parameter.kind() != Kind.CORRELATION).toList();
    }

    /** Names of the parameters, without correlations that only repeat a covariance. */
    List<String> names() {
        return own().stream().map(this::name).toList();
    }

    /** These parameters at any theta; NaN if the rows do not determine one. */
    double[] values(final double[] theta) {
        final CovarianceStructure typical = estimates.model().typical();
        final int n = typical.dimension();
        final double[] v = new double[n * n];
        return own().stream().mapToDouble(figure -> {
            typical.at(estimates.model().part(theta, figure.group)).value(v);
            return figure.open ? Double.NaN : figure.parameter.value(v, n);
        }).toArray();
    }

    /** The parameters that the rows do not determine, by their names; each once. */
    List<String> undetermined() {
        return figures.stream().filter(Figure::open).map(figure -> name(figure)).toList();
    }

    private String name(final Figure figure) {
        return rows.groups() == 1 ? figure.parameter.name()
            : rows.groupName(figure.group) + ": " + figure.parameter.name();
    }

    /** Asymptotic covariance of the figures; correlations that only repeat a covariance left out. */
    List<CovarianceEntryRow> matrix() {
        final List<Integer> kept = own().stream().map(figures::indexOf).toList();
        final double[][] part = new double[kept.size()][kept.size()];
        for (int i = 0; i < part.length; i++) {
            for (int j = 0; j < part.length; j++) {
                part[i][j] = fixed(figures.get(kept.get(i))) || fixed(figures.get(kept.get(j))) ? Double.NaN
                    : covariance[kept.get(i)][kept.get(j)];
            }
        }
        return CovarianceEntryRow.of("Covariance parameters", "", names(), part);
    }
}
