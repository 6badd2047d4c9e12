package dev.mixedmodels.engine.formula;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages of formulas that cannot be used: they quote what stands before and after the place. */
final class FormulaErrorTest {
    /** An arrow in the formula shows the place. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "y ~ x + →offset(z); Offsets are not supported",
        "y ~ →poly(x, 2); function poly() is not known",
        "y ~ →scale(x) + (1 | g); function scale() is not known",
        "y ~ log(x →+ 1); Expected ')'",
        "y ~ I(x →+ 1); Expected '^' as in I(x^2)",
        "y ~ I(x^→k); the exponent, a number",
        "y ~ x→^2; Write I(x^2) for the square",
        "y ~ x + →; the name of a column but found the end",
        "y ~ x →z; Expected an operator but found 'z'",
        "y ~ (x + z→; to close the parenthesis",
        "y ~ x→); an operator",
        "y →x; '~' after the response",
        "→~ x; The response is missing",
        "→; the name of a column",
        "y ~ x + →y; The response cannot stand on the right-hand side",
        "y ~ x + →log(y); The response cannot stand on the right-hand side",
        "y ~ x + →2; only numbers among the terms",
        "y ~ x:→1; A number cannot stand here",
        "y ~ x →| g; stands in parentheses",
        "y ~ x + (→| g); The effects are missing",
        "y ~ x + →(0 | g); no random effect",
        "y ~ x - →(1 | g); can only be added",
        "y ~ x * →(1 | g); can only be added",
        "y ~ x + (1 | →); the name of a grouping column",
        "y ~ x + (1 | →log(g)); stands as it is",
        "y ~ x + (1 | g →+ h); ')' after the grouping column",
        "y ~ x + (1 | g/→g); twice in one grouping",
        "y ~ x + (1 | →y); The response cannot be a grouping column",
        "y ~ x + (1 | g) + →(1 + x | g); twice",
        "y ~ →.; A dot alone",
        "y ~ a →%in% b; has no meaning",
        "y ~ x →$ z; has no meaning",
        "y ~ →`x; never closed",
        "y ~ →``; no name between the backticks",
        "y ~ a + →1.2.3; not a number",
        "y ~ 1→e3; Expected an operator"})
    void theMessageQuotesBothSidesOfThePlace(final String marked, final String message) {
        final String formula = marked.replace("→", "");
        final ModelException e = assertThrows(ModelException.class, () -> Formula.parse(formula));
        assertTrue(e.getMessage().contains(message), e.getMessage());
        final String before = marked.substring(0, marked.indexOf('→')).strip();
        final String after = marked.substring(marked.indexOf('→') + 1).strip();
        assertEquals(!before.isEmpty(), e.getMessage().contains("after \"" + before + "\""), e.getMessage());
        assertEquals(!after.isEmpty(), e.getMessage().contains("before \"" + after + "\"."), e.getMessage());
        assertFalse(e.getMessage().contains("\n"), e.getMessage());
    }

    @Test
    void lineBreaksBecomeBlanks() {
        final ModelException e =
            assertThrows(ModelException.class, () -> Formula.parse("y ~\t`\uD83D\uDE00`\n + lag(x)"));
        assertTrue(e.getMessage().endsWith("The place: after \"y ~ `\uD83D\uDE00` +\" and before \"lag(x)\"."),
            e.getMessage());
    }

    @Test
    void ofALongFormulaTheNeighbourhoodIsQuoted() {
        final String smileys = "`" + "\uD83D\uDE00".repeat(100) + "`";
        final ModelException e =
            assertThrows(ModelException.class, () -> Formula.parse("y ~ " + smileys + " + lag(x) + " + smileys));
        assertTrue(e.getMessage().endsWith("The place: after \"... " + "\uD83D\uDE00".repeat(57) + "` +\" and before "
            + "\"lag(x) + `" + "\uD83D\uDE00".repeat(50) + " ...\"."), e.getMessage());
    }

    @Test
    void hugeFormulasEndInAMessage() {
        assertThrows(ModelException.class, () -> Formula.parse("y ~ " + "(".repeat(100_000)));
        assertThrows(ModelException.class, () -> Formula.parse("y ~ " + "log(".repeat(100_000)));
        assertThrows(ModelException.class, () -> Formula.parse("y ~ (a+b+c+d+e+f+g+h+i+j+k+l+m+n+o+p)^16"));
    }
}
