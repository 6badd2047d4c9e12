package dev.mixedmodels.knime.marginal;

import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.knime.mixed.CourseFormulaMessage;
import java.util.List;
import java.util.function.Supplier;

/** The formula of the mean in the dialog. */
final class MarginalFormulaMessage extends CourseFormulaMessage {
    private Supplier<String> visit;

    @Override
    public void init(final StateProviderInitializer initializer) {
        super.init(initializer);
        visit = initializer.computeFromValueSupplier(MarginalDialog.VisitReference.class);
    }

    @Override
    protected List<String> settled() {
        return List.of(time(), orEmpty(visit));
    }

    @Override
    protected Formula fromColumns() {
        return mean().build();
    }
}
