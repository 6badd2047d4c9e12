package dev.mixedmodels.engine.compare;

import dev.mixedmodels.engine.design.DesignBinder;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.model.StoredCentering;
import dev.mixedmodels.engine.model.StoredModel;
import java.util.LinkedHashSet;
import java.util.Set;

/** Centred covariates as further columns of the table that a model was fitted to. */
final class CentredFrame {
    private CentredFrame() {
    }

    /** The columns of the table that a model uses. */
    static Set<String> columns(final StoredModel model) {
        final Set<String> columns = new LinkedHashSet<>(model.design().columns());
        columns.add(model.design().formula().response().column());
        if (model.design().weights() != null) {
            columns.add(model.design().weights());
        }
        for (final StoredCentering c : model.centerings()) {
            columns.add(c.column());
        }
        for (final StoredCentering c : model.centerings()) {
            columns.remove(c.within());
            columns.remove(c.between());
        }
        return columns;
    }

    static Frame of(final Frame table, final StoredModel model) {
        final DesignBinder binder = new DesignBinder(model.design());
        Frame frame = table;
        for (final StoredCentering c : model.centerings()) {
            frame = c.addTo(frame, binder);
        }
        return frame;
    }
}
