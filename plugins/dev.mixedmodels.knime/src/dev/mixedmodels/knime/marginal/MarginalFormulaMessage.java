package dev.mixedmodels.knime.marginal;

import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.knime.formula.MeanColumns;
import dev.mixedmodels.knime.mixed.FormulaMessage;
import java.util.List;
import java.util.function.Supplier;
import org.knime.node.parameters.updates.ParameterReference;

/** The formula of the mean in the dialog. */
final class MarginalFormulaMessage extends FormulaMessage {
    static final class TimeReference implements ParameterReference<String> {
    }

    static final class TimeDegreeReference implements ParameterReference<Integer> {
    }

    private Supplier<String> time;
    private Supplier<String> visit;
    private Supplier<Integer> timeDegree;

    @Override
    public void init(final StateProviderInitializer initializer) {
        super.init(initializer);
        time = initializer.computeFromValueSupplier(TimeReference.class);
        visit = initializer.computeFromValueSupplier(MarginalDialog.VisitReference.class);
        timeDegree = initializer.computeFromValueSupplier(TimeDegreeReference.class);
    }

    @Override
    protected List<String> settled() {
        return List.of(orEmpty(time), orEmpty(visit));
    }

    @Override
    protected Formula fromColumns() {
        return new MeanColumns(orEmpty(time), timeDegree.get(), fixedEffects(), interactions()).formula(response())
            .build();
    }
}
