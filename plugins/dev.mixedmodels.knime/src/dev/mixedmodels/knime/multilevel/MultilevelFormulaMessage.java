package dev.mixedmodels.knime.multilevel;

import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.formula.FormulaBuilder;
import dev.mixedmodels.engine.formula.Grouping;
import dev.mixedmodels.engine.formula.MeanColumns;
import dev.mixedmodels.engine.formula.Term;
import dev.mixedmodels.engine.formula.TermList;
import dev.mixedmodels.engine.formula.TimeCourse;
import dev.mixedmodels.knime.mixed.FormulaMessage;
import dev.mixedmodels.knime.settings.Interaction;
import java.util.List;
import java.util.function.Supplier;
import org.knime.node.parameters.updates.ParameterReference;

/** The formula of the model in the dialog, before covariates are centred. */
final class MultilevelFormulaMessage extends FormulaMessage {
    static final class LevelsReference implements ParameterReference<LevelParameters[]> {
    }

    static final class CrossedReference implements ParameterReference<Boolean> {
    }

    private Supplier<LevelParameters[]> levels;
    private Supplier<Boolean> crossed;

    @Override
    public void init(final StateProviderInitializer initializer) {
        super.init(initializer);
        levels = initializer.computeFromValueSupplier(LevelsReference.class);
        crossed = initializer.computeFromValueSupplier(CrossedReference.class);
    }

    @Override
    protected Formula fromColumns() {
        final List<LevelParameters> chosen =
            listed(levels).stream().filter(level -> isChosen(level.column)).toList();
        return formula(new MeanColumns(TimeCourse.NONE, fixedEffects(), Interaction.pairs(interactions())), response(),
            chosen, crossed.get());
    }

    /** The model before covariates are centred. */
    static Formula formula(final MeanColumns mean, final String response, final List<LevelParameters> levels,
        final boolean crossed) {
        final FormulaBuilder builder = mean.formula(response);
        final List<String> columns = levels.stream().map(level -> level.column).toList();
        for (int k = 0; k < columns.size(); k++) {
            final LevelParameters level = levels.get(k);
            final List<Term> slopes = listed(() -> level.slopes).stream().map(Term::of).toList();
            builder.random(TermList.of(true, slopes),
                crossed ? Grouping.of(level.column) : Grouping.nested(columns.subList(0, k + 1)),
                level.covariance == LevelCovarianceMode.UNSTRUCTURED);
        }
        return builder.build();
    }
}
