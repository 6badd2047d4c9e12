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
        "y ~ x:→offset(z); An offset can only be added",
        "y ~ x - →offset(z); An offset can only be added",
        "y ~ (x + →offset(z) | g); An offset can only be added",
        "y ~ offset(→2); Here stands no column",
        "y ~ →offset(y / 2); The response cannot stand on the right-hand side",
        "y ~ offset(→f(x)); The function f() is not known",
        "y ~ →spline(x, 2); function spline() is not known",
        "→scale(y) ~ x; The response is a column or a function of one",
        "→I(y - x) ~ x; compute it from \"y\" and \"x\" before",
        "y ~ poly(x, →0); degree is a whole number from 1",
        "y ~ poly(x, →30); polynomial is 20 at most",
        "y ~ poly(x, →2.5); degree is a whole number from 1",
        "y ~ poly(x, →z, 2); Expected a number for degree",
        "y ~ poly(x, 2, →yes); TRUE or FALSE for raw",
        "y ~ poly(x, 2, →coefs = 3); poly() takes x, degree, raw and nothing else",
        "y ~ poly(x, 2 →+ z); ',' or ')' to close poly(",
        "y ~ poly(→2, 3); Here stands no column",
        "y ~ ns(x, →0); df is a whole number from 1 to 50",
        "y ~ ns(x, →-3); df is a whole number from 1 to 50",
        "y ~ ns(x, df = 3, →df = 4); df is given twice",
        "y ~ ns(x, df = →3, knots = 2); Either df or knots",
        "y ~ ns(x, knots = c(1, →a)); Expected a number",
        "y ~ ns(x, knots = c(1, 2→; to close c(",
        "y ~ ns(x, 3, Boundary.knots = →c(2, 1)); two numbers in rising order",
        "y ~ ns(x, knots = →c(1, 9), Boundary.knots = c(2, 8)); lie between the boundary knots",
        "y ~ bs(x, →2); A spline of degree 3 has 3 degrees of freedom at least",
        "y ~ bs(x, degree = →11); degree of a spline is 10 at most",
        "y ~ scale(x, scale = →no); TRUE or FALSE for scale",
        "y ~ factor(→log(x)); factor() takes a column as it is",
        "y ~ factor(x→, levels); factor() takes a column as it is",
        "y ~ log(→poly(x, 2)); cannot stand inside of a function",
        "y ~ →log(2); names no column",
        "y ~ log(x→, 2); log2(x) and log10(x) are logarithms to other bases",
        "y ~ I(x + →); a column, a number or a function but found ')'",
        "y ~ I(x →z); an operator or ')' to close I(",
        "y ~ I((x + 1→; to close the parenthesis",
        "y ~ I(x→:z); an operator or ')' to close I(",
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
        "y ~ →1e3; only numbers among the terms",
        "y ~ 1→e; Expected an operator"})
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
        assertThrows(ModelException.class, () -> Formula.parse("y ~ I(" + "(".repeat(100_000)));
        assertThrows(ModelException.class, () -> Formula.parse("y ~ I(x" + " + x".repeat(100_000) + ")"));
        assertThrows(ModelException.class, () -> Formula.parse("y ~ (a+b+c+d+e+f+g+h+i+j+k+l+m+n+o+p)^16"));
    }
}
