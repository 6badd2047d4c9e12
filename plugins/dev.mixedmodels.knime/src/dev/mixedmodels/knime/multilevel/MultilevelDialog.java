package dev.mixedmodels.knime.multilevel;

import dev.mixedmodels.knime.guess.ColumnGuesses;
import dev.mixedmodels.knime.guess.GuessOnOpen;
import dev.mixedmodels.knime.mixed.FormulaMessage;
import dev.mixedmodels.knime.settings.ColumnChoices;
import dev.mixedmodels.knime.settings.ModelSpecificationMode;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;

/** What the fields of the dialog of Multilevel Model show when it opens, and when they are shown. */
final class MultilevelDialog {
    static final String FORMULA_DESCRIPTION = ModelSpecificationMode.FORMULA_DESCRIPTION + """
        Random effects of units stand in parentheses: <tt>(1 | school)</tt> is an intercept for each school; <tt>(1 | \
        board/school)</tt> one for each board and for each school within its board; <tt>(1 | student) + (1 | \
        lecturer)</tt> crosses two factors; <tt>(1 | dept:service)</tt> is one for each combination; <tt>(1 + x | \
        school)</tt> adds a slope of x, correlated with the intercept, <tt>(1 + x || school)</tt> an \
        uncorrelated one.""" + ModelSpecificationMode.DOUBLE_BAR;

    private MultilevelDialog() {
    }

    static final class LevelsGuess extends GuessOnOpen<LevelParameters[]> {
        LevelsGuess() {
            super(MultilevelFormulaMessage.LevelsReference.class);
        }

        @Override
        protected boolean isChosen(final LevelParameters[] value) {
            return !isOpen(value);
        }

        @Override
        protected LevelParameters[] guess(final ColumnGuesses columns) {
            return levels(columns.levels(Set.of()));
        }
    }

    /** Levels that must be crossed are so in the dialog too, as long as nobody has chosen any. */
    static final class CrossedGuess extends GuessOnOpen<Boolean> {
        private Supplier<LevelParameters[]> chosen;

        CrossedGuess() {
            super(MultilevelFormulaMessage.CrossedReference.class);
        }

        @Override
        public void init(final StateProviderInitializer initializer) {
            super.init(initializer);
            chosen = initializer.getValueSupplier(MultilevelFormulaMessage.LevelsReference.class);
        }

        @Override
        protected boolean isChosen(final Boolean value) {
            return value || !isOpen(chosen.get());
        }

        @Override
        protected Boolean guess(final ColumnGuesses columns) {
            return columns.crossed(columns.levels(Set.of()));
        }
    }

    /** Whether nobody has chosen levels: a new node has one without a column. A list that was removed is no choice. */
    static boolean isOpen(final LevelParameters[] levels) {
        return levels == null || levels.length == 1 && levels[0].column == null;
    }

    static LevelParameters[] levels(final List<String> columns) {
        return columns.stream().map(LevelParameters::new).toArray(LevelParameters[]::new);
    }

    /** Holds when there are levels that may be crossed. */
    static final class HasLevels implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getArray(MultilevelFormulaMessage.LevelsReference.class).hasMultipleItems();
        }
    }

    /** The columns that can be fixed effects: all but the response and the levels. */
    static final class BesideLevels extends ColumnChoices.Covariates {
        private Supplier<LevelParameters[]> levels;

        @Override
        public void init(final StateProviderInitializer initializer) {
            initializer.computeBeforeOpenDialog();
            leaveOut(initializer, FormulaMessage.ResponseReference.class);
            levels = initializer.computeFromValueSupplier(MultilevelFormulaMessage.LevelsReference.class);
        }

        @Override
        protected List<String> others() {
            return levels.get() == null ? List.of()
                : Arrays.stream(levels.get()).map(level -> level.column).filter(Objects::nonNull).toList();
        }
    }
}
