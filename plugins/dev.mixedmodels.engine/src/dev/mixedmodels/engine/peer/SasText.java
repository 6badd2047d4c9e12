package dev.mixedmodels.engine.peer;

import dev.mixedmodels.engine.formula.Expression;
import dev.mixedmodels.engine.formula.Function;
import dev.mixedmodels.engine.formula.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Pieces of SAS's language. */
public final class SasText {
    private static final Pattern VALID = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,31}");
    private static final String LITERAL = "'n";

    private SasText() {
    }

    /**
     * @param column name of a column
     * @return it, as a name literal if it is no SAS name
     */
    public static String name(final String column) {
        return VALID.matcher(column).matches() ? column : "'" + column.replace("'", "''") + LITERAL;
    }

    static String names(final List<String> columns) {
        return columns.stream().map(SasText::name).collect(Collectors.joining(" "));
    }

    static String string(final String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** Arithmetic; functions have R's names but for those below. */
    static String expression(final Expression e) {
        if (e instanceof Expression.Column column) {
            return name(column.name());
        } else if (e instanceof Expression.Negative negative) {
            return "-" + expression(negative.of());
        } else if (e instanceof Expression.Parentheses parentheses) {
            return "(" + expression(parentheses.inside()) + ")";
        } else if (e instanceof Expression.Operation operation) {
            final String operator = operation.operator() == Operator.POWER ? "**" : operation.operator().text();
            return expression(operation.left()) + operator + expression(operation.right());
        } else if (e instanceof Expression.Call call) {
            final String function =
                call.function() == Function.AS_IS ? "" : call.function() == Function.LOG1P ? "log1px" : call.function()
                .text();
            return function + "(" + expression(call.argument()) + ")";
        }
        return e.toString();
    }

    /**
     * @param data how the table is prepared
     * @param assignments of the data step, without semicolons
     * @return the data step; nothing where there is nothing to do
     */
    public static List<String> preparation(final CalledData data, final List<String> assignments) {
        final List<String> step = new ArrayList<>();
        if (!data.complete().isEmpty()) {
            step.add("if cmiss(of " + names(data.complete()) + ") = 0"
                + (data.weights() == null ? "" : " and " + name(data.weights()) + " > 0"));
        }
        step.addAll(assignments);
        return step.isEmpty() ? List.of() : List.of("data data", "set data", String.join("; ", step), "run");
    }

    /**
     * @param statements in order, without semicolons
     * @param remarks what the user should know, in sentences
     * @return one line of SAS
     */
    public static String line(final List<String> statements, final List<String> remarks) {
        final String all = String.join("; ", statements) + ";";
        return (all.contains(LITERAL) ? "options validvarname=any; " : "") + all
            + (remarks.isEmpty() ? "" : " /* " + String.join(" ", remarks) + " */");
    }
}
