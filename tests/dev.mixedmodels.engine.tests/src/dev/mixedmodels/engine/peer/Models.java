package dev.mixedmodels.engine.peer;

import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.formula.Grouping;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.FrameBuilder;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.FixedCovariance;
import java.util.List;

/** Models of a small table, to be written as calls. */
final class Models {
    private Models() {
    }

    /** Columns y, x, w, {@code a b}; arm (pbo, act), visit (Week 2, Week 12), k (numbers 1, 2), id, {@code my id}. */
    static Frame frame(final boolean missing) {
        final FrameBuilder builder = new FrameBuilder(0);
        List.of("y", "x", "w", "a b", "k").forEach(builder::addNumeric);
        List.of("arm", "visit", "id", "my id").forEach(builder::addNominal);
        for (int i = 0; i < 24; i++) {
            builder.number(0, missing && i == 3 ? Double.NaN : Math.sin(i) + 2);
            builder.number(1, i % 5 + 1);
            builder.number(2, 1 + i % 2);
            builder.number(3, i % 7);
            builder.number(4, 1 + i % 4 / 2);
            builder.text(5, i % 8 < 4 ? "pbo" : "act");
            builder.text(6, i % 4 < 2 ? "Week 12" : "Week 2");
            builder.text(7, "S" + i / 4);
            builder.text(8, "S" + i / 4);
            builder.endRow();
        }
        return builder.build();
    }

    static CalledModel of(final String formula) {
        return of(formula, DesignOptions.DEFAULT, RandomStructure.UNSTRUCTURED, CalledResiduals.INDEPENDENT, true,
            DfMethod.SATTERTHWAITE, FixedCovariance.MODEL);
    }

    static CalledModel of(final String formula, final DesignOptions options) {
        return of(formula, options, RandomStructure.UNSTRUCTURED, CalledResiduals.INDEPENDENT, true, DfMethod.SATTERTHWAITE,
            FixedCovariance.MODEL);
    }

    static CalledModel of(final String formula, final boolean reml, final DfMethod df, final FixedCovariance covariance) {
        return of(formula, DesignOptions.DEFAULT, RandomStructure.UNSTRUCTURED, CalledResiduals.INDEPENDENT, reml, df, covariance);
    }

    static CalledModel of(final String formula, final RandomStructure structure) {
        return of(formula, DesignOptions.DEFAULT, structure, CalledResiduals.INDEPENDENT, true, DfMethod.SATTERTHWAITE,
            FixedCovariance.MODEL);
    }

    static CalledModel of(final String formula, final CalledResiduals residuals) {
        return of(formula, DesignOptions.DEFAULT, RandomStructure.UNSTRUCTURED, residuals, true, DfMethod.SATTERTHWAITE,
            FixedCovariance.MODEL);
    }

    /** A structure over the visits of id. */
    static CalledModel of(final String formula, final VisitStructure structure, final DfMethod df,
        final FixedCovariance covariance) {
        return of(formula, DesignOptions.DEFAULT, RandomStructure.UNSTRUCTURED,
            new CalledResiduals(structure, "id", "visit", "x", null, null, null), true, df, covariance);
    }

    static CalledModel of(final String text, final DesignOptions options, final RandomStructure structure,
        final CalledResiduals residuals, final boolean reml, final DfMethod df, final FixedCovariance covariance) {
        final Formula formula = Formula.parse(text);
        final ModelDesign design = ModelDesign.of(frame(text.contains("poly")), formula, options, new Warnings());
        return new CalledModel(formula, CalledData.of(design, residuals.visit() == null ? List.of() : List.of(residuals.visit()),
            List.of()), design.random().stream().map(term -> CalledRandom.of(term, structure)).toList(), residuals, reml, df,
            covariance, Grouping.of("id"));
    }
}
