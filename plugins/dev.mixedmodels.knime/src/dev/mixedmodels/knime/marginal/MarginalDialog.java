package dev.mixedmodels.knime.marginal;

import dev.mixedmodels.knime.mixed.GuessedFields;
import dev.mixedmodels.knime.mixed.MixedModelParameters;
import dev.mixedmodels.knime.settings.ColumnChoices;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;

/** What the fields of the dialog of Marginal Repeated Measures show when it opens, and when they are shown. */
final class MarginalDialog {
    private MarginalDialog() {
    }

    static final class VisitReference implements ParameterReference<String> {
    }

    static final class VisitGuess extends GuessedFields.Visit {
        VisitGuess() {
            super(VisitReference.class);
        }
    }

    static final class TimeGuess extends GuessedFields.Time {
        TimeGuess() {
            super(MarginalFormulaMessage.TimeReference.class, true);
        }
    }

    static final class HasVisit implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getString(VisitReference.class).isEqualTo("").negate();
        }
    }

    static final class HasTime implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getString(MarginalFormulaMessage.TimeReference.class).isEqualTo("").negate();
        }
    }

    static final class HasTimeInMean implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getPredicate(HasTime.class).and(i.getPredicate(MixedModelParameters.FromColumns.class));
        }
    }

    /** The levels of the visit column that its domain knows. */
    static final class VisitLevels extends ColumnChoices.Levels {
        VisitLevels() {
            super(VisitReference.class);
        }
    }
}
