package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.covariance.ReportedParameter;
import dev.mixedmodels.engine.covariance.ReportedParameter.Kind;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.inference.ProfileBounds;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.inference.WaldBounds;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.result.CovarianceEntryRow;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The reported covariance parameters with their standard errors (delta method) and intervals. */
final class CovarianceParameters {
    /**
     * The figure k of a group; {@code open} if the rows do not determine it, {@code bound} if it is at the end of its
     * range.
     */
    private record Figure(int group, int k, ReportedParameter parameter, double estimate, double[] gradient,
        boolean open, boolean bound) {
    }

    private final RepeatedData data;
    private final StructureFit estimates;
    private final List<Figure> figures = new ArrayList<>();
    private final double[][] covariance;

    CovarianceParameters(final RepeatedData data, final StructureFit estimates) {
        this.data = data;
        this.estimates = estimates;
        final SubjectCovariance model = estimates.model();
        final int m = estimates.theta().length / model.groups();
        final List<ReportedParameter> reported = model.reported();
        for (int g = 0; g < model.groups(); g++) {
            final double[] part = model.part(estimates.theta(), g);
            final double[] values = model.values(part);
            final double[][] slopes = model.slopes(part);
            final boolean[] bound = model.bound(part);
            for (int k = 0; k < values.length; k++) {
                final double[] gradient = new double[estimates.theta().length];
                System.arraycopy(slopes[k], 0, gradient, g * m, m);
                final boolean open = estimates.undetermined().parameter(g, reported.get(k));
                figures.add(new Figure(g, k, reported.get(k), open ? Double.NaN : values[k], gradient, open, bound[k]));
            }
        }
        covariance = Matrices.sandwich(figures.stream().map(Figure::gradient).toArray(double[][]::new),
            estimates.covariance());
    }

    private String group(final int group) {
        return data.groups() == 1 ? "Residual" : "Residual, " + data.by().name() + " = " + data.groupName(group);
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
                estimates.singular() || figure.bound));
        }
        return table;
    }

    /** Whether a parameter is no estimate with an error: left open or on its boundary. */
    private boolean fixed(final Figure figure) {
        return figure.open || estimates.singular() || figure.bound;
    }

    private double correlation(final Figure figure) {
        return new ReportedParameter("", Kind.CORRELATION, figure.parameter.row(), figure.parameter.column())
            .value(estimates.model().typical(estimates.model().part(estimates.theta(), figure.group)),
            data.visits().size());
    }

    private ProfileBounds bounds(final Figure figure, final double stdError, final VarianceIntervals intervals,
        final double confidence, final Progress progress) {
        if (!intervals.wald() || Double.isNaN(stdError)) {
            return ProfileBounds.NONE;
        }
        final ProfileBounds profile = !intervals.profile() ? null
            : estimates.model().profile(estimates.theta(), figure.group, figure.k, confidence, progress);
        return profile != null ? profile : wald(figure, WaldBounds.of(intervals, confidence), stdError);
    }

    /** Variances on the log scale, correlations on Fisher's z, covariances as they are. */
    private static ProfileBounds wald(final Figure figure, final WaldBounds bounds, final double stdError) {
        final double x = figure.estimate;
        return switch (figure.parameter.kind()) {
            case VARIANCE, DIFFERENCE, RANGE -> bounds.variance(x, stdError);
            case CORRELATION, RATIO -> bounds.correlation(x, stdError, -1);
            case SHARE -> bounds.correlation(x, stdError, 0);
            case COVARIANCE -> bounds.plain(x, stdError);
        };
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
        final SubjectCovariance model = estimates.model();
        final double[][] values = new double[model.groups()][];
        Arrays.setAll(values, g -> model.values(model.part(theta, g)));
        return own().stream().mapToDouble(figure -> figure.open ? Double.NaN : values[figure.group][figure.k])
            .toArray();
    }

    /** The parameters that the rows do not determine, by their names; each once. */
    List<String> undetermined() {
        return figures.stream().filter(Figure::open).map(figure -> name(figure)).toList();
    }

    private String name(final Figure figure) {
        return data.groups() == 1 ? figure.parameter.name()
            : data.groupName(figure.group) + ": " + figure.parameter.name();
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
