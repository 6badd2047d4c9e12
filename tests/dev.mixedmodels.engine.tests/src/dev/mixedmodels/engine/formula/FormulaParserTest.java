package dev.mixedmodels.engine.formula;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What formulas mean: expected terms are attr(terms(formula), "term.labels") of R 4.2.2. */
final class FormulaParserTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "y ~ a * b; y ~ a + b + a:b",
        "y ~ a * b * c; y ~ a + b + c + a:b + a:c + b:c + a:b:c",
        "y ~ (a + b + c)^2; y ~ a + b + c + a:b + a:c + b:c",
        "y ~ (a + b + c)**2 - a:c; y ~ a + b + c + a:b + b:c",
        "y ~ (a + b)^9; y ~ a + b + a:b",
        "y ~ a / b; y ~ a + a:b",
        "y ~ (a + b) / c; y ~ a + b + a:b:c",
        "y ~ a / b / c; y ~ a + a:b + a:b:c",
        "y ~ a:b + a; y ~ a + a:b",
        "y ~ b:a + a; y ~ b:a + a",
        "y ~ a * b - a; y ~ a:b + b",
        "y ~ a + a + a:a; y ~ a",
        "y ~ a:(b + c); y ~ a:b + a:c",
        "y ~ a * (b + c); y ~ a + b + c + a:b + a:c",
        "y ~ a + b:c * d; y ~ b:c + a + d + b:c:d",
        "y ~ c + a:b + c:a - c; y ~ c:a:b + a:b + c:a - c:a:b",
        "y ~ 0 + a; y ~ 0 + a",
        "y ~ a - 1; y ~ 0 + a",
        "y ~ -1 + a; y ~ 0 + a",
        "y ~ a - 1 + 1; y ~ a",
        "y ~ a - 0; y ~ a",
        "y ~ 1; y ~ 1",
        "y ~ 0 + (1 | g); y ~ 0 + (1 | g)",
        "log(y) ~ sqrt(a) + exp(b) + I(c^2):a; log(y) ~ sqrt(a) + exp(b) + I(c^2):a",
        "y ~ I(log(a)^3) + I(a^0.5) + I(a^-1); y ~ I(log(a)^3) + I(a^0.5) + I(a^-1)",
        "y ~ I( (a*b)+c/2 - -d^2 ) + log(a+1); y ~ I((a * b) + c/2 - -d^2) + log(a + 1)",
        "I(y/100) ~ poly(a,2)*b; I(y/100) ~ poly(a, 2) + b + poly(a, 2):b",
        "y ~ ns(a, df=3) + bs(b,5) + bs(b, knots=c(1,2)) + scale(a, scale=FALSE); y ~ ns(a, df = 3) + bs(b, 5) + bs(b, knots = c(1, 2)) + scale(a, scale = FALSE)",
        "y ~ offset(a) + b - 1 + offset( log(c)*2 ); y ~ 0 + b + offset(a) + offset(log(c) * 2)",
        "y ~ offset(a); y ~ 1 + offset(a)",
        "y ~ factor(a) + I(b^1e3) + I(b * 2.50); y ~ factor(a) + I(b^1000) + I(b * 2.5)",
        "`my y`~`a b`*c; `my y` ~ `a b` + c + `a b`:c",
        "y.1 ~ .a_2 + été; y.1 ~ .a_2 + été"})
    void termsAreExpandedAsInR(final String formula, final String expected) {
        assertEquals(expected, Formula.parse(formula).toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "y~(1|g); y ~ 1 + (1 | g)",
        "y ~ x + (x | g); y ~ x + (1 + x | g)",
        "y ~ (1 + x | g) + x; y ~ x + (1 + x | g)",
        "y ~ ns(x,3) + (ns(x,3) | g); y ~ ns(x, 3) + (1 + ns(x, 3) | g)",
        "y ~ x + (x || g); y ~ x + (1 + x || g)",
        "y ~ x + (0 + x | g) + (1 | g); y ~ x + (0 + x | g) + (1 | g)",
        "y ~ x + (x - 1 | g); y ~ x + (0 + x | g)",
        "y ~ (1 | a/b/c); y ~ 1 + (1 | a/b/c)",
        "y ~ (1 | a:b); y ~ 1 + (1 | a:b)",
        "y ~ (1 | s) + (1 | d) + (1 | dept:service); y ~ 1 + (1 | s) + (1 | d) + (1 | dept:service)",
        "y ~ (x * f | `the group`); y ~ 1 + (1 + x + f + x:f | `the group`)"})
    void randomTermsAreReadAndWritten(final String formula, final String expected) {
        final Formula parsed = Formula.parse(formula);
        assertEquals(expected, parsed.toString());
        assertEquals(parsed, Formula.parse(expected));
    }

    @Test
    void nestedGroupingsBecomeATermPerLevel() {
        final List<RandomTerm> random = Formula.parse("y ~ x + (1 + x | board/school/class)").random();
        assertEquals(List.of("board", "board/school", "board/school/class"),
            random.stream().map(term -> term.grouping().name()).toList());
        assertTrue(random.stream().allMatch(RandomTerm::correlated));
        assertEquals(1, random.stream().map(RandomTerm::effects).distinct().count());
    }

    @Test
    void crossedPartsMayStandWithinNestedOnes() {
        final List<RandomTerm> random = Formula.parse("y ~ (1 | a:b/c) + (1 | d/e:f)").random();
        assertEquals(List.of("a:b", "a:b/c", "d", "d/e:f"),
            random.stream().map(term -> term.grouping().name()).toList());
    }

    @Test
    void columnsAreListedOnceEach() {
        final Formula formula = Formula.parse("log(y) ~ x + I(x^2) + f:x + (1 + z || a/b)");
        assertEquals(List.of("y", "x", "f", "z", "a", "b"), List.copyOf(formula.columns()));
        assertFalse(formula.random().get(0).correlated());
    }

    @Test
    void settingsBuildTheSameModelAsItsFormula() {
        final Formula built = new FormulaBuilder("y").fixed("time", "arm").fixed("arm")
            .fixed(FormulaBuilder.powers("time", 2)).random(TermList.of(true, FormulaBuilder.powers("time", 1)), Grouping.of("subject"), true)
            .random(TermList.of(true, List.of()), Grouping.nested(List.of("board", "school")), true).build();
        assertEquals("y ~ time:arm + arm + time + I(time^2) + (1 + time | subject) + (1 | board:school)",
            built.toString());
        assertEquals(Formula.parse("y ~ time + arm + time:arm").fixed(),
            new FormulaBuilder("y").fixed("time").fixed("arm").fixed("arm", "time").build().fixed());
        assertEquals("y ~ `a b`", new FormulaBuilder("y").fixed("a b").build().toString());
    }

    @Test
    void namesInBackticksMayHoldAnything() {
        final String name = "a `quoted\\ name` + (1|b)\n2";
        final Formula formula = new FormulaBuilder("y").fixed(name).build();
        assertEquals(formula, Formula.parse(formula.toString()));
        assertEquals(List.of("y", name), List.copyOf(formula.columns()));
        assertEquals("`2x`", new Variable.Plain("2x").toString());
        assertEquals("`.2x`", new Variable.Plain(".2x").toString());
        assertEquals(".x", new Variable.Plain(".x").toString());
    }

    @Test
    void variablesAreEvaluated() {
        final Variable variable = Formula.parse("y ~ I(log(x)^2)").fixed().terms().get(0).variables().get(0);
        assertEquals(Math.log(3) * Math.log(3), variable.argument().value(name -> 3));
        assertEquals("x", variable.column());
        final Variable arithmetic = Formula.parse("y ~ I(-x^2^3/2 - 3 * (1 - x) + log2(8))").fixed().terms().get(0).variables()
            .get(0);
        assertEquals(-Math.pow(1.5, 8) / 2 - 3 * -0.5 + 3, arithmetic.argument().value(name -> 1.5));
        assertTrue(Double.isNaN(variable.argument().value(name -> -1)));
    }
}
