package dev.mixedmodels.knime.longitudinal;

import dev.mixedmodels.knime.mixed.CourseParameters;
import dev.mixedmodels.knime.mixed.GuessedFields;
import dev.mixedmodels.knime.mixed.Sections;
import dev.mixedmodels.knime.settings.BootstrapIntervalsMode;
import dev.mixedmodels.knime.settings.ModelSpecificationMode;
import dev.mixedmodels.knime.settings.NoColumn;
import org.knime.node.parameters.layout.After;
import org.knime.node.parameters.layout.Before;
import org.knime.node.parameters.layout.Section;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;

/** What the fields of the dialog of Longitudinal Mixed Model show when it opens, and when they are shown. */
final class LongitudinalDialog {
    static final String FORMULA_DESCRIPTION = ModelSpecificationMode.FORMULA_DESCRIPTION + """
        Random effects of the subject stand in parentheses: <tt>(1 + time | subject)</tt> is an intercept and a slope \
        of time for each subject, correlated; <tt>(1 + time || subject)</tt> makes them uncorrelated; <tt>(1 | \
        subject)</tt> is an intercept alone.""" + ModelSpecificationMode.DOUBLE_BAR;

    static final String TIME_DESCRIPTION = """
        When a row was measured: numbers or dates, unequally spaced or missing as they may be. It orders the rows of a \
        subject and makes the course.""";
    static final String RANDOM_DEGREE_DESCRIPTION = """
        Random slope of time: 1 gives each subject a slope of its own, 2 a curve of its own, 0 the same course for \
        all. Needs more rows per subject than random effects.""";
    static final String RANDOM_SLOPES_DESCRIPTION = """
        Further numeric columns whose effect differs between subjects; they should vary within subjects and be fixed \
        effects as well.""";
    static final String SHOWN_DESCRIPTION =
        "The subject whose covariance matrices Sigma and V are shown. Empty: one with the most complete pattern.";
    static final String VARIANCE_BY_DESCRIPTION =
        "A column, such as sex or device, for each level of which the residual variance is estimated by itself.";
    static final String POWER_OF_DESCRIPTION = """
        A numeric column v, without zeros: the residual variance is sigma2 |v|^(2 delta), with delta estimated. For a \
        spread that grows or shrinks with v.""";

    private LongitudinalDialog() {
    }

    /** What the subjects do over time, for a model made of columns with a time. */
    @Section(title = "Course of each subject")
    @After(Sections.Interactions.class)
    @Before(Sections.Random.class)
    @Effect(predicate = CourseParameters.HasTime.class, type = EffectType.SHOW)
    interface Course {
    }

    static final String NUGGET_DESCRIPTION = """
        Whether a part of the residual variance, the nugget, is not shared even by rows at the same time, such as errors of \
        measurement (1 more parameter). With it rows of a subject may have equal times.""";

    static final class RandomTestsReference implements ParameterReference<Boolean> {
    }

    static final class VarianceByReference implements ParameterReference<String> {
    }

    static final class PowerOfReference implements ParameterReference<String> {
    }

    static final class TimeGuess extends GuessedFields.Time {
        TimeGuess() {
            super(CourseParameters.TimeReference.class, false);
        }
    }

    static final class VarianceByShown extends NoColumn.Shown {
        VarianceByShown() {
            super(VarianceByReference.class);
        }
    }

    static final class PowerOfShown extends NoColumn.Shown {
        PowerOfShown() {
            super(PowerOfReference.class);
        }
    }

    static final class ResidualStructureReference implements ParameterReference<ResidualStructureMode> {
    }

    static final class IsExponential implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(ResidualStructureReference.class).isOneOf(ResidualStructureMode.EXPONENTIAL);
        }
    }

    static final class IsSimulated implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getBoolean(RandomTestsReference.class).isTrue()
                .or(i.getPredicate(BootstrapIntervalsMode.IsBootstrap.class));
        }
    }
}
