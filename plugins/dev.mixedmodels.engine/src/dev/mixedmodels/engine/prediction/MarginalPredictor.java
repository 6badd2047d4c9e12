package dev.mixedmodels.engine.prediction;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.design.DesignBinder;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.marginal.WholeTable;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.model.StoredVisits;
import dev.mixedmodels.engine.prediction.PredictionSettings.Effects;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** A marginal model: rows without a response are predicted from the rows of their subject that have one. */
final class MarginalPredictor implements Predictor {
    private final StoredModel model;
    private final PredictionSettings settings;
    private final Set<String> columns;
    private final DesignBinder binder;

    MarginalPredictor(final StoredModel model, final PredictionSettings settings) {
        this.model = model;
        this.settings = settings;
        final StoredVisits visits = model.visits();
        columns = new LinkedHashSet<>(model.design().formula().fixed().columns());
        model.design().formula().offsets().forEach(offset -> columns.addAll(offset.columns()));
        Stream.of(visits.by(), fromSubject() && !WholeTable.is(visits.subject()) ? visits.subject() : null,
            fromSubject() || !visits.structure().homogeneous() ? visits.visit() : null).filter(Objects::nonNull)
            .forEach(columns::add);
        if (fromSubject()) {
            columns.addAll(visits.places());
        }
        final Set<String> ignored = new HashSet<>(model.design().columns());
        ignored.removeAll(columns);
        binder = new DesignBinder(model.design(), ignored);
    }

    private boolean fromSubject() {
        return settings.effects() != Effects.NONE;
    }

    @Override
    public Set<String> columns() {
        return columns;
    }

    @Override
    public Set<String> optional() {
        final Set<String> optional = new HashSet<>();
        if (fromSubject()) {
            optional.add(model.design().formula().response().column());
        }
        Stream.ofNullable(model.design().weights()).forEach(optional::add);
        return optional;
    }

    @Override
    public boolean needsAllRows() {
        return fromSubject();
    }

    @Override
    public IntFunction<Prediction> predict(final Frame part, final Census census, final Progress progress) {
        final StoredVisits visits = model.visits();
        final Frame frame = Columns.withMissing(part,
            Stream.of(List.of(model.design().formula().response().column(), visits.subject()),
                Stream.of(visits.visit(), visits.time()).filter(Objects::nonNull).toList(),
                visits.columns()).flatMap(List::stream).toList());
        return new MarginalRows(model, binder.bind(WholeTable.is(visits.subject()) ? WholeTable.in(frame) : frame),
            settings, census);
    }
}
