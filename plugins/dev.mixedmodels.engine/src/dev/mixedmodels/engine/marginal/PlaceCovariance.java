package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.covariance.CorrelationParameter;
import dev.mixedmodels.engine.covariance.Extent;
import dev.mixedmodels.engine.covariance.Jet;
import dev.mixedmodels.engine.covariance.ReportedParameter;
import dev.mixedmodels.engine.covariance.ReportedParameter.Kind;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.inference.ProfileBounds;
import dev.mixedmodels.engine.likelihood.SeriesLikelihood;
import dev.mixedmodels.engine.likelihood.SubjectSeries;
import dev.mixedmodels.engine.likelihood.UnitJets;
import dev.mixedmodels.engine.numeric.Parallel;
import dev.mixedmodels.engine.optimise.Optimum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A structure over real times or places: V_i = s^2 R_i, theta = (log s, psi). */
final class PlaceCovariance extends SubjectCovariance {
    /** With up to so many subjects there may be several maxima. */
    private static final int FEW_SUBJECTS = 100;
    /** A derivative by a bounded parameter from which the likelihood grows on and on beyond the bound. */
    private static final double GROWS = 0.1;
    /** A correlation of the nearest rows that counts as none. */
    private static final double NONE = 1e-6;
    /** Criteria that differ by less, relative to their size, are the same. */
    private static final double SAME = 1e-10;

    /** Subjects of one task. */
    private static final int SUBJECTS = 256;

    private final RepeatedRows rows;
    private final ResidualStructure correlation;
    private final Extent extent;
    private final SeriesLikelihood likelihood;
    private final double logStdDeviation;
    /** Place of a subject among those of its group. */
    private final int[] inGroup;

    PlaceCovariance(final RepeatedRows rows, final int groups, final VisitStructure structure, final boolean reml,
        final Progress progress) {
        super(structure, groups, reml);
        this.rows = rows;
        correlation = structure.overPlaces();
        inGroup = new int[rows.subjects()];
        final List<List<Integer>> subjects = new ArrayList<>();
        IntStream.range(0, groups).forEach(g -> subjects.add(new ArrayList<>()));
        for (int s = 0; s < inGroup.length; s++) {
            inGroup[s] = subjects.get(rows.group(s)).size();
            subjects.get(rows.group(s)).add(s);
        }
        final int[] ordered = ordered(rows, structure);
        final List<SubjectSeries> series = new ArrayList<>();
        double sum = 0;
        for (final List<Integer> group : subjects) {
            progress.check();
            final SubjectSeries own = series(group, ordered);
            series.add(rows.weighted() ? own : own.pooled(progress));
            final double[] values = series.get(series.size() - 1).values();
            for (int i = rows.columns(); i < values.length; i += rows.columns() + 1) {
                sum += values[i] * values[i];
            }
        }
        logStdDeviation = Math.log(sum / rows.index().size()) / 2;
        extent = Extent.of(IntStream.rangeClosed(0, rows.subjects()).map(rows.index()::start).toArray(),
            rows.places(structure, ordered));
        likelihood = new SeriesLikelihood(series, extent, reml, progress);
    }

    /** The rows by subject and, where there is one coordinate, along the line. */
    private static int[] ordered(final RepeatedRows rows, final VisitStructure structure) {
        final SubjectIndex index = rows.index();
        final int[] ordered = IntStream.range(0, index.size()).map(index::row).toArray();
        final double[][] places = rows.places(structure, ordered);
        for (int s = 0; s < rows.subjects() && places.length == 1; s++) {
            boolean sorted = true;
            for (int i = index.start(s) + 1; i < index.start(s + 1); i++) {
                sorted &= places[0][i] >= places[0][i - 1];
            }
            if (!sorted) {
                final int[] along = IntStream.range(index.start(s), index.start(s + 1)).boxed()
                    .sorted(Comparator.comparingDouble(i -> places[0][i])).mapToInt(index::row).toArray();
                System.arraycopy(along, 0, ordered, index.start(s), along.length);
            }
        }
        return ordered;
    }

    private SubjectSeries series(final List<Integer> subjects, final int[] ordered) {
        final int width = rows.columns() + 1;
        final int[] starts = new int[subjects.size() + 1];
        for (int k = 0; k < subjects.size(); k++) {
            final int s = subjects.get(k);
            starts[k + 1] = starts[k] + rows.index().start(s + 1) - rows.index().start(s);
        }
        final int[] all = new int[starts[subjects.size()]];
        final double[] values = new double[Math.multiplyExact(all.length, width)];
        Parallel.forEach((subjects.size() + SUBJECTS - 1) / SUBJECTS, task -> {
            final double[] row = new double[width];
            for (int k = task * SUBJECTS; k < Math.min(subjects.size(), (task + 1) * SUBJECTS); k++) {
                System.arraycopy(ordered, rows.index().start(subjects.get(k)), all, starts[k], starts[k + 1] - starts[k]);
                for (int i = starts[k]; i < starts[k + 1]; i++) {
                    rows.fill(all[i], row);
                    System.arraycopy(row, 0, values, i * width, width);
                }
            }
        });
        return new SubjectSeries(0, rows.columns(), values, starts, correlation, rows.places(structure(), all),
            new double[0][]);
    }

    @Override
    SeriesLikelihood likelihood() {
        return likelihood;
    }

    private static double[] psi(final double[] part) {
        return Arrays.copyOfRange(part, 1, part.length);
    }

    @Override
    List<double[]> starts() {
        return search().starts();
    }

    @Override
    Optimum search(final Function<double[], Optimum> newton) {
        return search().refined(super.search(newton), newton);
    }

    private PlaceSearch search() {
        return new PlaceSearch(this, correlation, extent, logStdDeviation, rows.subjects() <= FEW_SUBJECTS);
    }

    /** No correlation even of the nearest rows is a bound of the range. */
    @Override
    Optimum atBounds(final Optimum found) {
        final double[] theta = found.theta().clone();
        final boolean[] lower = found.atLower().clone();
        final boolean[] upper = found.atUpper().clone();
        final int m = theta.length / groups();
        boolean moved = false;
        for (int g = 0; g < groups(); g++) {
            final double[] v = typical(part(theta, g));
            final boolean[] side = correlation.direction() < 0 ? upper : lower;
            if (v[1] < NONE * v[0] && !side[g * m + 1]) {
                theta[g * m + 1] = likelihood.bounds(side == upper ? 1 : -1)[g * m + 1];
                side[g * m + 1] = true;
                moved = true;
            }
        }
        final double value = moved ? likelihood.value(theta, null, null) : Double.NaN;
        return value <= found.value() + SAME * Math.max(1, Math.abs(found.value()))
            ? new Optimum(theta, value, found.gradient(), lower, upper, found.iterations(), found.evaluations() + 1,
                found.converged()) : found;
    }

    @Override
    boolean grows(final Optimum optimum) {
        final int m = optimum.theta().length / groups();
        final boolean[] full = correlation.direction() < 0 ? optimum.atLower() : optimum.atUpper();
        return !correlation.nugget() && IntStream.range(0, groups())
            .anyMatch(g -> full[g * m + 1] && Math.abs(optimum.gradient()[g * m + 1]) > GROWS);
    }

    @Override
    double[] typical(final double[] part) {
        final double[] v = correlation.matrix(psi(part), 2, new double[][] {{0, extent.shortest()}}, 0, 2);
        return scaled(v, Math.exp(2 * part[0]));
    }

    private static double[] scaled(final double[] v, final double variance) {
        Arrays.setAll(v, i -> v[i] * variance);
        return v;
    }

    @Override
    List<ReportedParameter> reported() {
        final List<ReportedParameter> reported = new ArrayList<>();
        reported.add(new ReportedParameter("Var(Residual)", Kind.VARIANCE, 0, 0));
        for (final CorrelationParameter parameter : correlation.parameters()) {
            reported.add(new ReportedParameter(parameter.toString(), parameter == CorrelationParameter.RANGE ? Kind.RANGE
                : Kind.SHARE, 0, 0));
        }
        return reported;
    }

    private List<Jet> figures(final double[] part) {
        final List<Jet> jets = new ArrayList<>();
        final double variance = Math.exp(2 * part[0]);
        jets.add(Jet.variable(0, variance, 2 * variance, 4 * variance, 1));
        jets.addAll(correlation.values(psi(part), extent));
        return jets;
    }

    @Override
    double[] values(final double[] part) {
        return figures(part).stream().mapToDouble(Jet::value).toArray();
    }

    /** Each is a function of one parameter. */
    @Override
    double[][] slopes(final double[] part) {
        final List<Jet> jets = figures(part);
        final double[][] slopes = new double[part.length][part.length];
        for (int k = 0; k < part.length; k++) {
            slopes[k][k] = jets.get(k).first(Math.max(0, k - 1));
        }
        return slopes;
    }

    @Override
    boolean[] bound(final double[] part) {
        final boolean[] bound = new boolean[part.length];
        for (int k = 1; k < part.length; k++) {
            bound[k] = part[k] <= likelihood.bounds(-1)[k] || part[k] >= likelihood.bounds(1)[k];
        }
        return bound;
    }

    @Override
    ProfileBounds profile(final double[] theta, final int group, final int figure, final double confidence,
        final Progress progress) {
        final ProfileBounds bounds =
            ProfileInterval.of(likelihood, theta, group * theta.length / groups() + figure, confidence, progress);
        final double[] ends = {limit(theta, group, figure, bounds.lower()), limit(theta, group, figure, bounds.upper())};
        return ends[0] > ends[1] || figure == 1 && correlation.direction() < 0
            ? new ProfileBounds(ends[1], ends[0]) : new ProfileBounds(ends[0], ends[1]);
    }

    /** The figure where its parameter has a value; infinite for a range at its upper bound. */
    private double limit(final double[] theta, final int group, final int figure, final double parameter) {
        if (Double.isNaN(parameter)) {
            return Double.NaN;
        }
        final double[] part = part(theta, group);
        part[figure] = parameter;
        final boolean infinite = figure > 0 && correlation.parameters().get(figure - 1) == CorrelationParameter.RANGE
            && parameter >= likelihood.bounds(1)[figure];
        return infinite ? Double.POSITIVE_INFINITY : values(part)[figure];
    }

    @Override
    double[] curvature(final double[] part, final double[][] w) {
        final List<Jet> jets = figures(part);
        final double[] c = new double[part.length];
        for (int k = 0; k < c.length; k++) {
            final int own = Math.max(0, k - 1);
            c[k] = w[k][k] == 0 ? 0 : -w[k][k] * jets.get(k).second(own, own) / jets.get(k).first(own);
        }
        return c;
    }

    @Override
    Undetermined undetermined(final double[] theta, final List<double[]> flat) {
        return Undetermined.NONE;
    }

    @Override
    String remark(final double[] theta) {
        final StringBuilder remark = new StringBuilder();
        for (int g = 0; g < groups(); g++) {
            final double[] part = part(theta, g);
            final boolean[] bound = bound(part);
            for (int k = 1; k < bound.length && remark.isEmpty(); k++) {
                remark.append(bound[k] ? PlaceRemarks.of(correlation.parameters().get(k - 1), values(part)[k]) : "");
            }
        }
        return remark.toString();
    }

    @Override
    UnitJets jets(final RepeatedData data, final double[] theta) {
        final UnitJets[] byGroup = new UnitJets[groups()];
        Arrays.setAll(byGroup, g -> likelihood.jets(theta, g));
        return subject -> byGroup[rows.group(subject)].read(inGroup[subject]);
    }
}
