package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.NominalColumn;
import dev.mixedmodels.engine.frame.NumericColumn;
import dev.mixedmodels.engine.inference.TableSettings;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.marginal.MarginalSettings.Layout;
import dev.mixedmodels.engine.model.ModelFit;
import dev.mixedmodels.engine.result.FitStatisticRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Small random repeated measures: columns subject, arm, visit, time, x (a covariate), year and y. */
final class Simulated {
    final List<String> subject = new ArrayList<>();
    final List<String> arm = new ArrayList<>();
    final List<Double> visit = new ArrayList<>();
    final List<Double> time = new ArrayList<>();
    final List<Double> x = new ArrayList<>();
    final List<Double> y = new ArrayList<>();

    /**
     * @param subjects number of subjects, every other one in arm b
     * @param visits number of visits
     * @param missing part of the rows that are left out
     * @param seed of the generator
     */
    Simulated(final int subjects, final int visits, final double missing, final long seed) {
        final Random random = new Random(seed);
        for (int s = 0; s < subjects; s++) {
            final double own = random.nextGaussian();
            final double covariate = random.nextGaussian();
            double e = random.nextGaussian();
            for (int v = 1; v <= visits; v++) {
                e = 0.6 * e + random.nextGaussian();
                final double value = 2 + 0.5 * v + (s % 2) * 0.2 * v + 0.3 * covariate + own + e * (1 + 0.2 * v);
                if (random.nextDouble() >= missing) {
                    add("s" + s, s % 2 == 0 ? "a" : "b", v, v + 0.4 * random.nextDouble(), covariate, value);
                }
            }
        }
    }

    void add(final String ofSubject, final String ofArm, final double ofVisit, final double ofTime,
        final double ofX, final double ofY) {
        subject.add(ofSubject);
        arm.add(ofArm);
        visit.add(ofVisit);
        time.add(ofTime);
        x.add(ofX);
        y.add(ofY);
    }

    Frame frame() {
        return frame(IntStream.range(0, y.size()).toArray());
    }

    Frame shuffled(final long seed) {
        final List<Integer> order = new ArrayList<>(IntStream.range(0, y.size()).boxed().toList());
        Collections.shuffle(order, new Random(seed));
        return frame(order.stream().mapToInt(i -> i).toArray());
    }

    private Frame frame(final int[] order) {
        return new Frame(order.length, List.of(
            NominalColumn.of("subject", Arrays.stream(order).mapToObj(subject::get).toList()),
            NominalColumn.of("arm", Arrays.stream(order).mapToObj(arm::get).toList()),
            numbers("visit", visit, order), numbers("time", time, order), numbers("x", x, order),
            numbers("y", y, order)));
    }

    int visits() {
        return (int) visit.stream().mapToDouble(v -> v).max().orElseThrow();
    }

    private static NumericColumn numbers(final String name, final List<Double> values, final int[] order) {
        return new NumericColumn(name, Arrays.stream(order).mapToDouble(values::get).toArray());
    }

    static MarginalSettings settings(final String formula, final VisitStructure structure, final boolean reml) {
        return MarginalSettings.of(Formula.parse(formula), new Layout("subject", "visit",
            structure.overPlaces() != null ? "time" : null, structure.spatial() ? List.of("time") : List.of(), null), structure)
            .withReml(reml).withInference(i -> i.withVariances(VarianceIntervals.NONE, false))
            .withTables(TableSettings.means(List.of(), null));
    }

    static MarginalSettings by(final MarginalSettings s, final String column) {
        return new MarginalSettings(s.formula(), s.options(), new Layout(s.layout().subject(), s.layout().visit(),
            s.layout().time(), s.layout().coordinates(), column), s.structure(), s.compareStructures(), s.estimation(),
            s.inference(), s.tables());
    }

    static ModelFit fit(final MarginalSettings settings, final Frame frame) {
        return MarginalModel.fit(settings, frame, Progress.NONE, new Warnings());
    }

    static double statistic(final ModelFit fit, final String name) {
        return row(fit, name).value();
    }

    static FitStatisticRow row(final ModelFit fit, final String name) {
        return fit.tables().modelFit().stream().filter(row -> row.statistic().equals(name)).findFirst().orElseThrow();
    }

    static double deviance(final ModelFit fit) {
        return statistic(fit, "-2 Log Likelihood");
    }

    static double parameter(final ModelFit fit, final String name) {
        return fit.tables().covarianceParameters().stream().filter(row -> row.parameter().equals(name)).findFirst()
            .orElseThrow().estimate();
    }
}
