package dev.mixedmodels.engine.compare;

import dev.mixedmodels.engine.bootstrap.Refits;
import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.design.RandomDesign;
import dev.mixedmodels.engine.design.StoredDesign;
import dev.mixedmodels.engine.design.TestType;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.LevelOrder;
import dev.mixedmodels.engine.frame.MissingValues;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.EstimationSettings;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.likelihood.MixedDesign;
import dev.mixedmodels.engine.likelihood.MixedFit;
import dev.mixedmodels.engine.likelihood.MixedRefits;
import dev.mixedmodels.engine.longitudinal.LongitudinalFit;
import dev.mixedmodels.engine.longitudinal.LongitudinalModel;
import dev.mixedmodels.engine.longitudinal.LongitudinalSettings;
import dev.mixedmodels.engine.model.ModelKind;
import dev.mixedmodels.engine.model.RowFingerprint;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.model.StoredResidual;
import dev.mixedmodels.engine.model.StoredUnits;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntToDoubleFunction;

/** A kept model fitted anew to its data, so that it can be fitted to others. */
final class Refitted {
    private static final int ITERATIONS = 200;
    private static final double TOLERANCE = 1e-12;
    /** Difference of -2 log likelihoods that a search may leave. */
    private static final double SAME = 1e-3;

    private Refitted() {
    }

    /** Whether models of this kind can be. */
    static boolean possible(final ComparedModel model) {
        return !model.empiricalBayes() && model.model().kind() != ModelKind.MARGINAL;
    }

    /**
     * @param compared a model
     * @param table the data that it was fitted to
     * @param reml by which likelihood
     * @param progress to learn of cancellation
     * @return the fit
     * @throws ModelException if the table is not the one that the model was fitted to
     */
    static Refits of(final ComparedModel compared, final Frame table, final boolean reml, final Progress progress) {
        final StoredModel model = compared.model();
        final Frame frame = CentredFrame.of(table, model);
        final DesignOptions options = options(model.design());
        final StoredResidual residual = model.residual();
        final boolean plain = residual.structure() == ResidualStructure.INDEPENDENT && residual.by() == null
            && residual.powerOf() == null && !model.units().isEmpty();
        if (plain) {
            final ModelDesign design = ModelDesign.of(frame, model.design().formula(), options, progress,
                new Warnings());
            requireSameRows(compared, design);
            return checked(compared, mixed(compared, frame, design, reml, progress), reml, design.responseUnit());
        }
        final LongitudinalFit fit =
            LongitudinalModel.fit(settings(model, reml).withOptions(options), frame, progress, new Warnings());
        requireSameRows(compared, fit.design());
        return checked(compared, fit.refits(progress), reml, fit.design().responseUnit());
    }

    private static DesignOptions options(final StoredDesign design) {
        final Set<String> ordered = new LinkedHashSet<>(design.formula().fixed().columns());
        design.formula().random().forEach(term -> ordered.addAll(term.effects().columns()));
        final Map<String, LevelOrder> orders = new HashMap<>();
        design.factors().stream().filter(f -> ordered.contains(f.column()))
            .forEach(f -> orders.put(f.column(), LevelOrder.explicit(f.levels())));
        return new DesignOptions(design.coding(), MissingValues.OMIT_ROWS, orders, Set.copyOf(design.nominal()),
            new LinkedHashSet<>(design.alsoUsed()), true, design.weights(), TestType.III);
    }

    private static Refits mixed(final ComparedModel compared, final Frame frame, final ModelDesign design,
        final boolean reml, final Progress progress) {
        final RandomStructure[] structures = new RandomStructure[design.random().size()];
        for (final StoredUnits units : compared.model().units()) {
            for (int t = 0; t < units.terms().length; t++) {
                structures[units.terms()[t]] = units.structures().get(t);
            }
        }
        final Map<RandomDesign, RandomStructure> byPart = new HashMap<>();
        for (int t = 0; t < structures.length; t++) {
            byPart.put(design.random().get(t), structures[t]);
        }
        final MixedDesign mixed = MixedDesign.of(frame, design, byPart::get);
        final MixedFit fit = MixedFit.of(mixed.model(false, progress),
            new EstimationSettings(reml, ITERATIONS, TOLERANCE), progress);
        if (fit == null) {
            throw new ModelException("The likelihood of " + compared.name()
                + " has no maximum, so that there is no bootstrap.");
        }
        return new MixedRefits(fit, mixed, found -> new double[0], progress);
    }

    private static LongitudinalSettings settings(final StoredModel model, final boolean reml) {
        final StoredResidual residual = model.residual();
        final RandomStructure random = model.units().isEmpty() ? RandomStructure.UNSTRUCTURED
            : model.units().get(0).structures().get(0);
        return LongitudinalSettings.of(model.design().formula()).withReml(reml)
            .withInference(i -> i.withDf(DfMethod.ASYMPTOTIC).withVariances(VarianceIntervals.NONE, false))
            .withRandom(random)
            .withResidual(residual.structure(), residual.time(), residual.subject())
            .withVariance(residual.by(), residual.powerOf());
    }

    private static void requireSameRows(final ComparedModel compared, final ModelDesign design) {
        final RowFingerprint.Builder found = new RowFingerprint.Builder();
        final IntToDoubleFunction responses = design.usedResponses();
        for (int row = 0; row < design.rows().frame().rows(); row++) {
            final double response = responses.applyAsDouble(row);
            if (!Double.isNaN(response)) {
                found.add(response, "");
            }
        }
        final RowFingerprint expected = compared.model().rows();
        if (found.build().rows() != expected.rows() || !Arrays.equals(found.build().responses(),
            expected.responses())) {
            throw new ModelException("The table at the port for data is not the one that " + compared.name()
                + " was fitted to: its rows or the values of \"" + compared.model().design().formula().response()
                .column() + "\" are others. Connect that table, or switch the bootstrap off.");
        }
    }

    /** Holds a fit against the kept one, where both maximise the same. */
    private static Refits checked(final ComparedModel compared, final Refits refits, final boolean reml,
        final double unit) {
        final Refits.Refit own = refits.own();
        final int df = refits.rows() - (reml ? own.coefficients().length : 0);
        final double deviance = own.criterion() + 2 * df * Math.log(unit);
        if (reml == compared.restricted() && Math.abs(deviance - compared.deviance()) > SAME) {
            throw new ModelException(compared.name() + " cannot be fitted again to the table at the port for data as "
                + "it was fitted before: it used something that this node does not know of, or other values of a "
                + "covariate. Switch the bootstrap off.");
        }
        return refits;
    }
}
