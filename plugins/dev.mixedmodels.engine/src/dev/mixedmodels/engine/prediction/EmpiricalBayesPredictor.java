package dev.mixedmodels.engine.prediction;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.design.DesignBinder;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.empiricalbayes.NewUnits;
import dev.mixedmodels.engine.empiricalbayes.NewUnits.Unit;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.ModelFrame;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.prediction.PredictionSettings.Effects;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/** An estimated prior: rows are units, of which the posterior is predicted. */
final class EmpiricalBayesPredictor implements Predictor {
    private final StoredModel model;
    private final PredictionSettings settings;
    private final DesignBinder binder;

    EmpiricalBayesPredictor(final StoredModel model, final PredictionSettings settings) {
        this.model = model;
        this.settings = settings;
        if (model.design() == null) {
            binder = null;
        } else {
            final Set<String> ignored = new HashSet<>(model.design().columns());
            ignored.removeAll(columns());
            binder = new DesignBinder(model.design(), ignored);
        }
    }

    private boolean posterior() {
        return settings.effects() != Effects.NONE;
    }

    @Override
    public Set<String> columns() {
        return posterior() ? model.prior().columns().needed() : Set.copyOf(model.prior().columns().covariates());
    }

    @Override
    public Set<String> optional() {
        return posterior() ? Set.of(model.prior().columns().observed()) : Set.of();
    }

    /** So that messages name units by their rows. */
    @Override
    public boolean needsAllRows() {
        return true;
    }

    @Override
    public IntFunction<Prediction> predict(final Frame part, final Census census, final Progress progress) {
        final String observed = model.prior().columns().observed();
        final Frame frame = Columns.withMissing(part, posterior() ? List.of(observed) : withPrecision(observed));
        final List<String> used = new ArrayList<>(columns());
        final ModelFrame rows = ModelFrame.ofNew(frame, observed, used);
        final ModelDesign design = binder == null ? null : binder.bind(frame);
        final BitSet complete = rows.complete();
        final NewLevels newLevels =
            design == null ? null : new NewLevels(model.design(), design, settings.failOnNewLevels(), census);
        census.rows(rows, Set.of());
        final NewUnits units = new NewUnits(model.prior(), design, rows, settings.confidence());
        return row -> {
            if (!complete.get(row) || newLevels != null && newLevels.in(row)) {
                return Prediction.MISSING;
            }
            final Unit unit = posterior() ? units.posterior(row) : units.prior(row);
            if (Double.isNaN(unit.priorMean())) {
                census.undefined();
                return Prediction.MISSING;
            }
            if (posterior() && !units.isObserved(row)) {
                census.remark("without an own estimate: the prediction is the prior.");
            }
            return new Prediction(unit.priorMean(), unit.mean(), Math.sqrt(unit.variance()), unit.lower(), unit.upper(),
                unit.lowerNew(), unit.upperNew());
        };
    }

    private List<String> withPrecision(final String observed) {
        final String precision = model.prior().columns().precision();
        return precision == null ? List.of(observed) : List.of(observed, precision);
    }
}
