package dev.mixedmodels.knime.mixed;

import dev.mixedmodels.engine.formula.FormulaBuilder;
import dev.mixedmodels.engine.formula.MeanColumns;
import dev.mixedmodels.engine.formula.TimeCourse;
import dev.mixedmodels.knime.settings.Interaction;
import dev.mixedmodels.knime.settings.TimeCurveMode;
import java.util.function.Supplier;

/** The formula in the dialog of a model whose mean has a course over time. */
public abstract class CourseFormulaMessage extends FormulaMessage {
    private Supplier<String> time;
    private Supplier<TimeCurveMode> curve;
    private Supplier<Integer> degree;
    private Supplier<Integer> df;

    @Override
    public void init(final StateProviderInitializer initializer) {
        super.init(initializer);
        time = initializer.computeFromValueSupplier(CourseParameters.TimeReference.class);
        curve = initializer.computeFromValueSupplier(CourseParameters.CurveReference.class);
        degree = initializer.computeFromValueSupplier(CourseParameters.DegreeReference.class);
        df = initializer.computeFromValueSupplier(CourseParameters.DfReference.class);
    }

    /** The chosen time, empty if none is. */
    protected final String time() {
        return orEmpty(time);
    }

    /** The mean of the model, to which random terms may be added. */
    protected final FormulaBuilder mean() {
        final TimeCourse course =
            new TimeCourse(time(), degree.get(), curve.get() == TimeCurveMode.NATURAL_SPLINE ? df.get() : 0);
        return new MeanColumns(course, fixedEffects(), Interaction.pairs(interactions())).formula(response());
    }
}
