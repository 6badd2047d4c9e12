package dev.mixedmodels.engine.compare;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.likelihood.GoldenFrame;
import dev.mixedmodels.engine.longitudinal.LongitudinalFit;
import dev.mixedmodels.engine.longitudinal.LongitudinalModel;
import dev.mixedmodels.engine.longitudinal.LongitudinalSettings;
import dev.mixedmodels.engine.marginal.MarginalModel;
import dev.mixedmodels.engine.marginal.MarginalSettings;
import dev.mixedmodels.engine.model.ModelFit;
import dev.mixedmodels.engine.model.RowFingerprint;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.multilevel.LevelSpecification;
import dev.mixedmodels.engine.multilevel.ModelSpecification;
import dev.mixedmodels.engine.multilevel.MultilevelModel;
import dev.mixedmodels.engine.multilevel.MultilevelSettings;
import dev.mixedmodels.engine.testing.TestData;
import java.util.List;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.function.UnaryOperator;

/** Models of all kinds as they come out of a port. */
final class Fitted {
    private Fitted() {
    }

    static Frame frame(final String data, final String... nominal) {
        return GoldenFrame.of(TestData.read(data), Set.of(nominal));
    }

    private static StoredModel used(final StoredModel model, final ModelDesign design) {
        final RowFingerprint.Builder rows = new RowFingerprint.Builder();
        final IntToDoubleFunction responses = design.usedResponses();
        for (int row = 0; row < design.rows().frame().rows(); row++) {
            if (!Double.isNaN(responses.applyAsDouble(row))) {
                rows.add(responses.applyAsDouble(row), "Row" + row);
            }
        }
        return model.withRows(rows.build());
    }

    static StoredModel longitudinal(final Frame frame, final String formula, final boolean reml) {
        return longitudinal(frame, formula, reml, s -> s);
    }

    static StoredModel longitudinal(final Frame frame, final String formula, final boolean reml,
        final UnaryOperator<LongitudinalSettings> more) {
        final LongitudinalSettings settings = more.apply(LongitudinalSettings.of(Formula.parse(formula)).withReml(reml)
            .withInference(i -> i.withVariances(VarianceIntervals.NONE, false)));
        final LongitudinalFit fit = LongitudinalModel.fit(settings, frame, Progress.NONE, new Warnings());
        return used(fit.stored(fit.tables(Progress.NONE, new Warnings())), fit.design());
    }

    static StoredModel longitudinal(final Frame frame, final String formula, final RandomStructure structure) {
        return longitudinal(frame, formula, false, s -> s.withRandom(structure));
    }

    static StoredModel residual(final Frame frame, final String formula, final ResidualStructure structure,
        final String time, final String subject) {
        return longitudinal(frame, formula, false, s -> s.withResidual(structure, time, subject));
    }

    static StoredModel multilevel(final Frame frame, final ModelSpecification model, final boolean reml, final DfMethod df) {
        final ModelFit fit =
            MultilevelModel.fit(MultilevelSettings.of(model).withReml(reml)
                .withInference(i -> i.withDf(df).withVariances(VarianceIntervals.NONE, false)), frame,
            Progress.NONE, new Warnings());
        return used(fit.model().get(), fit.design());
    }

    static StoredModel multilevel(final Frame frame, final String formula, final boolean reml) {
        return multilevel(frame, new ModelSpecification.ByFormula(Formula.parse(formula)), reml, DfMethod.SATTERTHWAITE);
    }

    static StoredModel centred(final Frame frame, final LevelSpecification.Centering... centering) {
        return multilevel(frame, new LevelSpecification("math", List.of("year"), List.of(),
            List.of(new LevelSpecification.Level("schoolid", List.of(), RandomStructure.UNSTRUCTURED)), false,
            List.of(centering)), false, DfMethod.SATTERTHWAITE);
    }

    static StoredModel marginal(final Frame frame, final String formula, final VisitStructure structure, final String subject,
        final String visit, final String by) {
        final ModelFit fit = MarginalModel.fit(MarginalSettings.of(Formula.parse(formula),
            new MarginalSettings.Layout(subject, structure.overPlaces() != null ? null : visit,
                structure.overPlaces() != null ? visit : null, by), structure).withReml(false)
            .withInference(i -> i.withDf(DfMethod.ASYMPTOTIC).withVariances(VarianceIntervals.NONE, false)), frame,
            Progress.NONE,
            new Warnings());
        return used(fit.model().get(), fit.design());
    }
}
