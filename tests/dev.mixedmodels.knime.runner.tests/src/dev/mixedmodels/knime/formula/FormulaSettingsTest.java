package dev.mixedmodels.knime.formula;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.formula.MeanColumns;
import dev.mixedmodels.engine.formula.TimeCourse;
import dev.mixedmodels.knime.settings.Interaction;
import dev.mixedmodels.standin.run.TableBuilder;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.InvalidSettingsException;

/** From the settings of a dialog to formulas and terms. */
class FormulaSettingsTest {
    private static String mean(final String time, final int degree, final List<String> fixed,
        final Interaction... interactions) {
        return new MeanColumns(new TimeCourse(time, degree, 0), fixed, Interaction.pairs(List.of(interactions))).formula("y").build()
            .toString();
    }

    @Test
    void columnsBecomeTermsInOrder() {
        assertEquals("y ~ 1", mean("", 0, List.of()));
        assertEquals("y ~ 1", mean("t", 0, List.of()));
        assertEquals("y ~ t + I(t^2) + arm + `birth weight`", mean("t", 2, List.of("arm", "birth weight")));
    }

    @Test
    void interactionsBringTheirMainEffectsAndTakeAllPowersOfTime() {
        assertEquals("y ~ a + b + a:b", mean("", 0, List.of(), new Interaction("a", "b")));
        assertEquals("y ~ a + b + a:b", mean("", 0, List.of("a", "b"), new Interaction("b", "a")));
        assertEquals("y ~ t + I(t^2) + arm + t:arm + I(t^2):arm",
            mean("t", 2, List.of("arm"), new Interaction("arm", "t")));
        assertEquals("y ~ arm + t + arm:t", mean("t", 0, List.of("arm"), new Interaction("arm", "t")));
    }

    @Test
    void aFormulaMadeOfColumnsIsReadBackAsTheSame() {
        final Formula formula = new MeanColumns(new TimeCourse("t", 3, 0), List.of("a:b", "c"),
            Interaction.pairs(List.of(new Interaction("a:b", "t")))).formula("my y").build();
        assertEquals(formula, Formula.parse(formula.toString()));
    }

    @Test
    void mainEffectsOfInteractionsCount() {
        assertEquals(Set.of("a", "b", "c"),
            new MeanColumns(TimeCourse.NONE, List.of("c"), List.of(List.of("a", "b"))).mainEffects());
    }

    @Test
    void termsOfMeansMayHoldColonsInNames() throws InvalidSettingsException {
        final Set<String> columns = Set.of("a", "b", "a:b", "x:y:z");
        assertNull(MeansTerms.parse(new String[0], columns::contains));
        assertEquals(List.of(List.of("a:b"), List.of("b", "a"), List.of("a", "x:y:z"), List.of("x:y:z", "b")),
            MeansTerms.parse(new String[] {"a:b", "b:a", "a:x:y:z", "x:y:z:b"}, columns::contains));
        final InvalidSettingsException error = assertThrows(InvalidSettingsException.class,
            () -> MeansTerms.parse(new String[] {"a:c"}, columns::contains));
        assertTrue(error.getMessage().contains("\"a:c\""), error.getMessage());
    }

    @Test
    void aFormulaIsComparedWithTheTable() throws InvalidSettingsException {
        final DataTableSpec spec =
            new TableBuilder().doubles("y", 1).strings("g", "a").build().getDataTableSpec();
        Formulas.requireColumns(Formulas.parse("log(y) ~ 1 + (1 | g)"), spec);
        assertError("g ~ y", spec, "not numeric");
        assertError("y ~ x", spec, "\"x\", which the input table does not have");
        assertThrows(InvalidSettingsException.class, () -> Formulas.parse(" "));
        assertError("y ~ offset(g)", spec, "offset(g) in the formula needs numbers or dates, but the column \"g\"");
        assertError("y ~ ns(g, 3)", spec, "ns(g, 3) in the formula needs numbers");
        Formulas.requireColumns(Formulas.parse("y ~ factor(g)"), spec);
        assertTrue(assertThrows(InvalidSettingsException.class, () -> Formulas.parse("y ~ lag(g)")).getMessage()
            .contains("after \"y ~\" and before \"lag(g)\""));
    }

    private static void assertError(final String formula, final DataTableSpec spec, final String part) {
        final String message = assertThrows(InvalidSettingsException.class,
            () -> Formulas.requireColumns(Formulas.parse(formula), spec)).getMessage();
        assertTrue(message.contains(part), message);
    }
}
