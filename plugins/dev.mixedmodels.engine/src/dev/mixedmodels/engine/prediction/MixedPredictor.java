package dev.mixedmodels.engine.prediction;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.design.DesignBinder;
import dev.mixedmodels.engine.formula.Grouping;
import dev.mixedmodels.engine.formula.RandomTerm;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.model.StoredCentering;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.model.StoredUnits;
import dev.mixedmodels.engine.prediction.PredictionSettings.Effects;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** A model with random effects, or one of rows that are independent given their mean. */
final class MixedPredictor implements Predictor {
    private final StoredModel model;
    private final PredictionSettings settings;
    private final boolean[] included;
    private final DesignBinder binder;
    private final Set<String> columns;

    /**
     * @throws ModelException if the predictions shall go up to a grouping factor that the model does not have
     */
    MixedPredictor(final StoredModel model, final PredictionSettings settings) {
        this.model = model;
        this.settings = settings;
        included = included();
        final Set<String> needed = needed();
        final Set<String> ignored = new HashSet<>(model.design().columns());
        ignored.removeAll(needed);
        binder = new DesignBinder(model.design(), ignored);
        columns = new LinkedHashSet<>(needed);
        for (final StoredCentering centering : model.centerings()) {
            columns.remove(centering.within());
            columns.remove(centering.between());
            columns.add(centering.column());
        }
    }

    private Grouping grouping(final StoredUnits units) {
        return model.design().formula().random().get(units.terms()[0]).grouping();
    }

    private boolean[] included() {
        final boolean[] chosen = new boolean[model.units().size()];
        if (settings.effects() == Effects.NONE) {
            return chosen;
        }
        Grouping last = null;
        for (final StoredUnits units : model.units()) {
            final List<String> own = grouping(units).columns();
            if (settings.effects() == Effects.UP_TO && (units.name().equals(settings.upTo())
                || own.get(own.size() - 1).equals(settings.upTo()) && last == null)) {
                last = grouping(units);
            }
        }
        if (settings.effects() == Effects.UP_TO && last == null) {
            throw new ModelException("The model has no random effects of \"" + settings.upTo()
                + "\", up to which units are to be taken as known, but of " + (model.units().isEmpty() ? "nothing"
                    : Words.quoted(model.units().stream().map(StoredUnits::name).toList())) + ".");
        }
        for (int k = 0; k < chosen.length; k++) {
            chosen[k] = last == null || contains(last, grouping(model.units().get(k)));
        }
        return chosen;
    }

    /** Whether a grouping is another one, or one that it is nested in. */
    private static boolean contains(final Grouping inner, final Grouping outer) {
        final int size = outer.columns().size();
        return size <= inner.columns().size() && inner.columns().subList(0, size).equals(outer.columns());
    }

    private Set<String> needed() {
        final Set<String> needed = new LinkedHashSet<>(model.design().formula().fixed().columns());
        model.design().formula().offsets().forEach(offset -> needed.addAll(offset.columns()));
        for (final RandomTerm term : model.design().formula().random()) {
            needed.addAll(term.effects().columns());
        }
        for (final StoredCentering centering : model.centerings()) {
            if (centering.grouping() != null) {
                needed.addAll(centering.grouping().columns());
            }
        }
        for (int k = 0; k < included.length; k++) {
            if (included[k]) {
                needed.addAll(grouping(model.units().get(k)).columns());
            }
        }
        Stream.of(model.residual().by(), model.residual().powerOf()).filter(Objects::nonNull).forEach(needed::add);
        return needed;
    }

    @Override
    public Set<String> columns() {
        return columns;
    }

    @Override
    public Set<String> optional() {
        return model.design().weights() == null ? Set.of() : Set.of(model.design().weights());
    }

    @Override
    public IntFunction<Prediction> predict(final Frame part, final Census census, final Progress progress) {
        final Frame frame = Columns.withMissing(Centering.of(part, model.centerings(), binder, census),
            List.of(model.design().formula().response().column()));
        final Set<String> made = new HashSet<>();
        model.centerings().forEach(c -> Stream.of(c.within(), c.between()).filter(Objects::nonNull).forEach(made::add));
        return new MixedRows(model, binder.bind(frame), settings, included, census, made);
    }
}
