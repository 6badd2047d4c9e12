package dev.mixedmodels.engine.consistency;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayes;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayesSettings;
import dev.mixedmodels.engine.empiricalbayes.Family;
import dev.mixedmodels.engine.empiricalbayes.UnitColumns;
import dev.mixedmodels.engine.empiricalbayes.UnitModel;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.FrameBuilder;
import dev.mixedmodels.engine.longitudinal.LongitudinalModel;
import dev.mixedmodels.engine.longitudinal.LongitudinalSettings;
import dev.mixedmodels.engine.marginal.MarginalModel;
import dev.mixedmodels.engine.marginal.MarginalSettings;
import dev.mixedmodels.engine.multilevel.LevelSpecification;
import dev.mixedmodels.engine.multilevel.ModelSpecification;
import dev.mixedmodels.engine.multilevel.MultilevelModel;
import dev.mixedmodels.engine.multilevel.MultilevelSettings;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A subject, level or unit with a fixed coefficient leaves no variance between units: refused by every model. */
class UnitsAsFixedEffectsTest {
    private static Frame frame() {
        final FrameBuilder builder = new FrameBuilder(0);
        final int y = builder.addNumeric("y");
        final int x = builder.addNumeric("x");
        final int site = builder.addInteger("site");
        final int id = builder.addNominal("id");
        final int visit = builder.addInteger("visit");
        final Random random = new Random(2);
        for (int i = 0; i < 48; i++) {
            builder.number(y, random.nextGaussian() + i % 12);
            builder.number(x, random.nextDouble());
            builder.integer(site, i % 4);
            builder.text(id, "s" + i % 12);
            builder.integer(visit, i / 12);
            builder.endRow();
        }
        return builder.build();
    }

    private static void assertRefused(final Executable fit, final String... parts) {
        final String message = assertThrows(ModelException.class, fit).getMessage();
        for (final String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }

    private static MultilevelSettings multilevel(final ModelSpecification model) {
        return MultilevelSettings.of(model);
    }

    private static void fit(final ModelSpecification model) {
        MultilevelModel.fit(multilevel(model), frame(), Progress.NONE, new Warnings());
    }

    @ParameterizedTest
    @ValueSource(strings = {"y ~ id + x + (1 | id)", "y ~ id:x + (1 | id)", "y ~ x + log(visit) + (1 | visit)",
        "y ~ I(site^2) + (1 | id) + (x | site)", "y ~ site + x + (1 | site:id)", "y ~ 0 + id + (1 | site/id)"})
    void aLevelInTheMeanOfAFormulaIsRefused(final String formula) {
        final Formula model = Formula.parse(formula);
        final String column = formula.contains("visit") ? "\"visit\"" : formula.contains("id + ")
            || formula.contains("id:x") ? "\"id\"" : "\"site\"";
        assertRefused(() -> fit(new ModelSpecification.ByFormula(model)), column, "also the level");
    }

    @Test
    void levelsInTheMeanOfColumnsAreRefusedAllAtOnce() {
        final LevelSpecification model = new LevelSpecification("y", List.of("site", "id"), List.of(),
            List.of(new LevelSpecification.Level("site", List.of(), RandomStructure.UNSTRUCTURED),
                new LevelSpecification.Level("id", List.of(), RandomStructure.UNSTRUCTURED)), true, List.of());
        assertRefused(() -> fit(model), "\"site\" is a fixed effect", "so is \"id\"");
        final LevelSpecification interaction = new LevelSpecification("y", List.of("x"), List.of(List.of("x", "id")),
            List.of(new LevelSpecification.Level("id", List.of(), RandomStructure.UNSTRUCTURED)), false, List.of());
        assertRefused(() -> fit(interaction), "\"id\" is a fixed effect");
    }

    @Test
    void aSubjectWithRandomEffectsOrCorrelatedResidualsIsRefused() {
        assertRefused(() -> LongitudinalModel.fit(LongitudinalSettings.of(Formula.parse("y ~ x:id + (1 | id)")),
            frame(), Progress.NONE, new Warnings()), "\"id\"", "also the subject");
        assertRefused(() -> LongitudinalModel.fit(LongitudinalSettings.of(Formula.parse("y ~ x + id"))
            .withResidual(ResidualStructure.AR1, "visit", "id"), frame(), Progress.NONE, new Warnings()), "\"id\"",
            "also the subject");
        assertRefused(() -> MarginalModel.fit(MarginalSettings.of(Formula.parse("y ~ x * id"),
            new MarginalSettings.Layout("id", "visit", null, null), VisitStructure.COMPOUND_SYMMETRY), frame(),
            Progress.NONE, new Warnings()), "\"id\"", "also the subject");
    }

    @Test
    void aUnitThatIsACovariateOfItselfIsRefused() {
        assertRefused(() -> EmpiricalBayes.fit(new UnitModel(EmpiricalBayesSettings.builder(Family.GAUSSIAN).build(),
            new UnitColumns("id", "y", "x", Double.NaN, Double.NaN, List.of("site", "id")), DesignOptions.DEFAULT), frame(),
            Progress.NONE, new Warnings()), "\"id\"", "also the unit");
    }
}
