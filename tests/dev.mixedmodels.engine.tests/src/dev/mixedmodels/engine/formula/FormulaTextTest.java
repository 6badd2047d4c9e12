package dev.mixedmodels.engine.formula;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a formula prints is read as the same formula, whatever was written. */
final class FormulaTextTest {
    private static final List<String> NAMES = List.of("a", "b", "c", "`d e`", "f.1", "`2\\`g`");
    private static final List<String> OPERATORS = List.of(" + ", " + ", " + ", " - ", ":", ":", " * ", " / ");

    private final Random random = new Random(20);

    private <T> T one(final List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String variable() {
        final String name = one(NAMES);
        return switch (random.nextInt(16)) {
            case 0 -> "log(" + name + ")";
            case 1 -> "I(" + name + "^" + one(List.of("2", "3", "-1", "0.5", "1e-7")) + ")";
            case 2 -> "exp(sqrt(" + name + "))";
            case 3 -> "I(" + arithmetic(3) + ")";
            case 4 -> "log1p(" + arithmetic(2) + ")";
            case 5 -> "factor(" + name + ")";
            case 6 -> one(List.of("scale(", "poly(", "ns(", "bs( ")) + name + ")";
            case 7 -> "poly(" + name + one(List.of(", 2)", ",degree=3, raw =TRUE)", ", raw = FALSE, 2)"));
            case 8 -> "ns(" + name + one(List.of(", 2)", ",df=3)", ", knots = 2.5)", ", knots = c(-1,2.5e-3))"));
            case 9 -> "bs(" + name + one(List.of(", 4)", ",degree=2,df=3)", ", Boundary.knots = c(0, 1e20))"));
            default -> name;
        };
    }

    private String arithmetic(final int depth) {
        if (depth == 0 || random.nextInt(4) == 0) {
            return one(List.of("a", "b", "`d e`", "2", "0.5", "1e-12"));
        }
        return switch (random.nextInt(4)) {
            case 0 -> "(" + arithmetic(depth - 1) + ")";
            case 1 -> "-" + arithmetic(depth - 1);
            case 2 -> one(List.of("log2(", "abs(", "I(")) + arithmetic(depth - 1) + ")";
            default -> arithmetic(depth - 1) + one(List.of("+", " - ", "*", " / ", "^", "**")) + arithmetic(depth - 1);
        };
    }

    private String sum(final int depth) {
        final StringBuilder text = new StringBuilder(atom(depth));
        for (int more = random.nextInt(6); more > 0; more--) {
            text.append(one(OPERATORS)).append(atom(depth));
        }
        return text.toString();
    }

    private String atom(final int depth) {
        if (depth > 0 && random.nextInt(5) == 0) {
            return "(" + sum(depth - 1) + ")" + (random.nextInt(3) == 0 ? "^2" : "");
        }
        return variable();
    }

    private String randomTerm() {
        final String effects = random.nextBoolean() ? "1" : one(List.of("", "0 + ")) + sum(1);
        return " + (" + effects + one(List.of(" | ", " || "))
            + one(List.of("g", "g/h", "h:g", "g/h:k", "g:h/k", "k")) + ")";
    }

    @Test
    void isReadAsTheSameFormula() {
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            final String text = one(List.of("y", "log(y)", "`y 1`")) + " ~ " + one(List.of("", "0 + ", "1 + ")) + sum(2)
                + (random.nextInt(6) == 0 ? " + offset(" + arithmetic(2) + ")" : "") + (random.nextInt(3) == 0 ? randomTerm() : "") + (random.nextInt(5) == 0 ? randomTerm() : "");
            final Formula formula;
            try {
                formula = Formula.parse(text);
            } catch (final ModelException e) {
                continue; // x^2, a random effect that stands there twice
            }
            read++;
            assertEquals(formula, Formula.parse(formula.toString()), () -> text + " was printed as " + formula);
        }
        assertTrue(read > 10_000, read + " formulas");
    }
}
