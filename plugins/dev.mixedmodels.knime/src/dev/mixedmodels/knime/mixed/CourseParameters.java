package dev.mixedmodels.knime.mixed;

import dev.mixedmodels.knime.formula.TimeCourse;
import dev.mixedmodels.knime.settings.NoColumn;
import dev.mixedmodels.knime.settings.PolynomialDegree;
import dev.mixedmodels.knime.settings.TimeCurveMode;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;

/** Settings of nodes whose mean has a course over time. */
@LoadDefaultsForAbsentFields
public abstract class CourseParameters extends ClusteredParameters {
    /** Reference of the time, which the node declares. */
    public static final class TimeReference implements ParameterReference<String> {
    }

    static final class CurveReference implements ParameterReference<TimeCurveMode> {
    }

    static final class DegreeReference implements ParameterReference<Integer> {
    }

    static final class DfReference implements ParameterReference<Integer> {
    }

    /** Shown for a model that is made of columns and has a time. */
    static final class HasTime implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return NoColumn.isChosen(i, TimeReference.class).and(i.getPredicate(FromColumns.class));
        }
    }

    static final class IsSpline implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(CurveReference.class).isOneOf(TimeCurveMode.NATURAL_SPLINE);
        }
    }

    @Widget(title = TimeCurveMode.TITLE, description = TimeCurveMode.DESCRIPTION)
    @ValueSwitchWidget
    @ValueReference(CurveReference.class)
    @Layout(Sections.Course.class)
    protected TimeCurveMode timeCurve = TimeCurveMode.POLYNOMIAL;

    @Widget(title = TimeCurveMode.DEGREE_TITLE, description = TimeCurveMode.DEGREE_DESCRIPTION)
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class,
        maxValidation = PolynomialDegree.AtMostLargest.class)
    @Effect(predicate = IsSpline.class, type = EffectType.HIDE)
    @ValueReference(DegreeReference.class)
    @Layout(Sections.Course.class)
    protected int timeDegree = 1;

    @Widget(title = TimeCurveMode.DF_TITLE, description = TimeCurveMode.DF_DESCRIPTION)
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class, maxValidation = TimeCurveMode.AtMostAll.class)
    @Effect(predicate = IsSpline.class, type = EffectType.SHOW)
    @ValueReference(DfReference.class)
    @Layout(Sections.Course.class)
    protected int timeDf = 3;

    @Override
    protected void check() throws InvalidSettingsException {
        super.check();
        if (timeCurve == TimeCurveMode.POLYNOMIAL) {
            PolynomialDegree.validate(timeDegree, TimeCurveMode.DEGREE_TITLE);
        } else {
            TimeCurveMode.validate(timeDf);
        }
    }

    /** The course of the mean over a time, empty for none. */
    protected final TimeCourse course(final String time) {
        return new TimeCourse(time, timeDegree, timeCurve == TimeCurveMode.NATURAL_SPLINE ? timeDf : 0);
    }
}
