package dev.mixedmodels.knime.mixed;

import dev.mixedmodels.engine.formula.TimeCourse;
import dev.mixedmodels.knime.settings.NoColumn;
import dev.mixedmodels.knime.settings.PolynomialDegree;
import dev.mixedmodels.knime.settings.TimeCurveMode;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;

/** Settings of nodes whose mean has a course over time. */
@LoadDefaultsForAbsentFields
public abstract class CourseParameters extends MixedModelParameters {
    /** Description of the subject. */
    protected static final String SUBJECT_DESCRIPTION = """
        Who or what was measured repeatedly: texts or whole numbers. Rows of one subject are correlated, subjects are \
        independent of each other.""";

    /** Reference of the time, which the node declares. */
    public static final class TimeReference implements ParameterReference<String> {
    }

    static final class CurveReference implements ParameterReference<TimeCurveMode> {
    }

    /** Reference of the degree of a polynomial, which the node declares. */
    public static final class DegreeReference implements ParameterReference<Integer> {
    }

    static final class DfReference implements ParameterReference<Integer> {
    }

    /** Shown for a model that is made of columns and has a time. */
    public static final class HasTime implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return NoColumn.isChosen(i, TimeReference.class).and(i.getPredicate(FromColumns.class));
        }
    }

    /** Shown for a time with a polynomial. */
    public static final class HasPolynomial extends Has {
        /** Of a polynomial. */
        public HasPolynomial() {
            super(TimeCurveMode.POLYNOMIAL);
        }
    }

    static final class HasSpline extends Has {
        HasSpline() {
            super(TimeCurveMode.NATURAL_SPLINE);
        }
    }

    private abstract static class Has implements EffectPredicateProvider {
        private final TimeCurveMode curve;

        Has(final TimeCurveMode curve) {
            this.curve = curve;
        }

        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(CurveReference.class).isOneOf(curve).and(i.getPredicate(HasTime.class));
        }
    }

    @Widget(title = TimeCurveMode.TITLE, description = TimeCurveMode.DESCRIPTION)
    @ValueSwitchWidget
    @Effect(predicate = HasTime.class, type = EffectType.SHOW)
    @ValueReference(CurveReference.class)
    @Layout(Sections.FixedEffects.class)
    @Advanced
    protected TimeCurveMode timeCurve = TimeCurveMode.POLYNOMIAL;

    @Widget(title = TimeCurveMode.DF_TITLE, description = TimeCurveMode.DF_DESCRIPTION)
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class, maxValidation = TimeCurveMode.AtMostAll.class)
    @Effect(predicate = HasSpline.class, type = EffectType.SHOW)
    @ValueReference(DfReference.class)
    @Layout(Sections.FixedEffects.class)
    @Advanced
    protected int timeDf = 3;

    /** The course of the mean over a time, empty for none, with the degree that it has as a polynomial. */
    protected final TimeCourse course(final String time, final int degree) {
        return new TimeCourse(time, degree, timeCurve == TimeCurveMode.NATURAL_SPLINE ? timeDf : 0);
    }

    /** Refuses a course that cannot be. */
    protected final void checkCourse(final int degree) throws InvalidSettingsException {
        if (timeCurve == TimeCurveMode.POLYNOMIAL) {
            PolynomialDegree.validate(degree, TimeCurveMode.DEGREE_TITLE);
        } else {
            TimeCurveMode.validate(timeDf);
        }
    }
}
