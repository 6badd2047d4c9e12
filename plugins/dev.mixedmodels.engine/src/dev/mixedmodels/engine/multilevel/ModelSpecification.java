package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.SettingValues;
import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.formula.RandomTerm;
import dev.mixedmodels.engine.frame.RowSource;
import java.util.function.Function;

/** What a multilevel model consists of, as columns and levels or as a formula. */
public sealed interface ModelSpecification permits ModelSpecification.ByFormula, LevelSpecification {

    /**
     * A specification applied to a table.
     *
     * @param source the table, with derived columns
     * @param formula the model
     * @param structure covariance structure of the correlated effects of each random term
     * @param derived the derived columns
     */
    record Resolved(RowSource source, Formula formula, Function<RandomTerm, RandomStructure> structure,
        CentredSource.Columns derived) {
    }

    /**
     * @param source the table
     * @param options missing values and orders of levels
     * @param progress of the passes over the table that derived columns take
     * @return the model in this table
     */
    Resolved resolve(RowSource source, DesignOptions options, Progress progress);

    /**
     * @param values settings by the keys of the node
     * @return the same
     * @throws dev.mixedmodels.engine.common.ModelException if a value is impossible
     */
    static ModelSpecification of(final SettingValues values) {
        return values.text("modelSpecification").equals("COLUMNS") ? LevelSpecification.of(values)
            : new ByFormula(Formula.parse(values.text("formula")));
    }

    /**
     * @return the model before covariates are centred
     */
    Formula formula();

    /**
     * A formula in R's notation; effects written with | are unstructured.
     *
     * @param formula the model
     */
    record ByFormula(Formula formula) implements ModelSpecification {
        @Override
        public Resolved resolve(final RowSource source, final DesignOptions options, final Progress progress) {
            return new Resolved(source, formula, term -> RandomStructure.UNSTRUCTURED, CentredSource.Columns.NONE);
        }
    }
}
