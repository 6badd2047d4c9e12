package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.formula.RandomTerm;
import dev.mixedmodels.engine.frame.Frame;
import java.util.List;
import java.util.function.Function;

/** What a multilevel model consists of, as columns and levels or as a formula. */
public sealed interface ModelSpecification permits ModelSpecification.ByFormula, LevelSpecification {

    /**
     * A specification applied to a table.
     *
     * @param frame the table, with derived columns
     * @param formula the model
     * @param structure covariance structure of the correlated effects of each random term
     * @param centred the derived columns
     */
    record Resolved(Frame frame, Formula formula, Function<RandomTerm, RandomStructure> structure,
        List<CenteredColumns.Centred> centred) {
    }

    /**
     * @param frame the table
     * @param options missing values and orders of levels
     * @param warnings takes remarks on the levels
     * @return the model in this table
     */
    Resolved resolve(Frame frame, DesignOptions options, Warnings warnings);

    /**
     * A formula in R's notation; effects written with | are unstructured.
     *
     * @param formula the model
     */
    record ByFormula(Formula formula) implements ModelSpecification {
        @Override
        public Resolved resolve(final Frame frame, final DesignOptions options, final Warnings warnings) {
            return new Resolved(frame, formula, term -> RandomStructure.UNSTRUCTURED, List.of());
        }
    }
}
