package dev.mixedmodels.knime.marginal;

import dev.mixedmodels.knime.guess.ColumnGuesses;
import dev.mixedmodels.knime.guess.GuessOnOpen;
import dev.mixedmodels.knime.mixed.CourseParameters;
import dev.mixedmodels.knime.mixed.FormulaMessage;
import dev.mixedmodels.knime.mixed.GuessedFields;
import dev.mixedmodels.knime.settings.ColumnChoices;
import dev.mixedmodels.knime.settings.ModelSpecificationMode;
import dev.mixedmodels.knime.settings.NoColumn;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;

/** What the fields of the dialog of Marginal Repeated Measures show when it opens, and when they are shown. */
final class MarginalDialog {
    static final String FORMULA_DESCRIPTION = ModelSpecificationMode.FORMULA_DESCRIPTION + """
        Random effects have no place in it; the rows of a subject are correlated by\s""" + StructureMode.TITLE + ".";

    static final String NO_SUBJECT =
        " None, under a spatial structure only, if all rows are correlated with one another.";

    private MarginalDialog() {
    }

    /** The subject, which may be none. */
    static final class SubjectGuess extends GuessedFields.Subject {
        @Override
        protected String shown(final String value) {
            return NoColumn.shown(value);
        }
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
            super(CourseParameters.TimeReference.class, true);
        }
    }

    /** The fixed effects of a trial. */
    static final class FixedEffectsGuess extends GuessOnOpen<String[]> {
        FixedEffectsGuess() {
            super(FormulaMessage.FixedEffectsReference.class);
        }

        @Override
        protected String[] guess(final ColumnGuesses columns) {
            return GuessedFields.trialMean(columns);
        }
    }

    static final class StructureByReference implements ParameterReference<String> {
    }

    static final class StructureByShown extends NoColumn.Shown {
        StructureByShown() {
            super(StructureByReference.class);
        }
    }

    static final class StructureReference implements ParameterReference<StructureMode> {
    }

    static final class IsSpatial implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(StructureReference.class).isOneOf(StructureMode.SPATIAL);
        }
    }

    static final class HasVisit implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return NoColumn.isChosen(i, VisitReference.class);
        }
    }

    /** The levels of the visit column that its domain knows. */
    static final class VisitLevels extends ColumnChoices.Levels {
        VisitLevels() {
            super(VisitReference.class);
        }
    }
}
