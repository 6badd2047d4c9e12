package dev.mixedmodels.engine.peer;

import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.formula.Term;
import dev.mixedmodels.engine.formula.TermList;
import dev.mixedmodels.engine.formula.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The variables of a model as SAS names them. What is no column is made in a data step, or in SQL if it needs a mean;
 * what is nominal is collected for the CLASS statement.
 */
public final class SasEffects {
    private final CalledData data;
    private final Map<String, String> computed = new LinkedHashMap<>(); // expression to name
    private final Map<String, String> scaled = new LinkedHashMap<>();
    private final Map<String, String> classes = new LinkedHashMap<>(); // name to name and reference

    /**
     * @param data how the table is prepared
     */
    public SasEffects(final CalledData data) {
        this.data = data;
    }

    /**
     * @param terms of a model
     * @return why SAS has no way to write them; empty if it has
     */
    public static String refusal(final List<Term> terms) {
        final List<String> curves = terms.stream().flatMap(term -> term.variables().stream())
            .filter(variable -> variable instanceof Variable.Curve curve
            && curve.kind() != Variable.Kind.RAW_POLYNOMIAL).map(Variable::toString).distinct().toList();
        return curves.isEmpty() ? "" : "PROC MIXED has no " + Words.list(curves) + ".";
    }

    /**
     * @param expression of the data step
     * @return the name of the variable that it becomes
     */
    public String compute(final String expression) {
        return computed.computeIfAbsent(expression, e -> "_x" + (computed.size() + 1));
    }

    /**
     * @param column that is nominal
     * @return its name in SAS
     */
    public String nominal(final String column) {
        final String name = SasText.name(column);
        classes.computeIfAbsent(name, n -> n + data.levels(column)
            .map(factor -> "(ref=" + SasText.string(factor.levels().get(0)) + ")").orElse(""));
        return name;
    }

    /** The name of the levels of a column, which may be a number elsewhere. */
    String levels(final String column) {
        return nominal(data.levels(column).isPresent() ? column : compute(SasText.name(column)));
    }

    /**
     * @param formula response, mean and offsets
     * @return the MODEL statement as far as its options
     */
    public String model(final Formula formula) {
        return "model " + response(formula) + " = " + effects(formula.fixed(), "") + "/ solution"
            + (formula.fixed().intercept() ? "" : " noint");
    }

    /** The effects of a list of terms, each with a blank behind it. */
    String effects(final TermList list, final String intercept) {
        final StringBuilder text = new StringBuilder(list.intercept() ? intercept : "");
        for (final Term term : list.terms()) {
            effects(term).forEach(effect -> text.append(effect).append(' '));
        }
        return text.toString();
    }

    /** The response less offsets. */
    private String response(final Formula formula) {
        final String y = SasText.expression(formula.response().argument());
        return formula.response() instanceof Variable.Plain && formula.offsets().isEmpty() ? y
            : compute(formula.offsets().stream().map(offset -> " - (" + SasText.expression(offset) + ")")
                .collect(Collectors.joining("", y, "")));
    }

    private List<String> effects(final Term term) {
        List<String> effects = List.of("");
        for (final Variable variable : term.variables()) {
            final List<String> names = names(variable);
            effects = effects.stream().flatMap(effect -> names.stream()
                .map(name -> effect.isEmpty() ? name : effect + "*" + name)).toList();
        }
        return effects;
    }

    /** Whether a variable has levels. */
    boolean isFactor(final Variable variable) {
        return variable instanceof Variable.Levels || variable instanceof Variable.Plain plain
            && data.levels(plain.column()).isPresent();
    }

    private List<String> names(final Variable variable) {
        if (isFactor(variable)) {
            return List.of(levels(variable.column()));
        }
        final String x = SasText.expression(variable.argument());
        if (variable instanceof Variable.Scaled scaling) {
            final String deviation = "(" + x + (scaling.center() ? " - mean(" + x + "))" : ")");
            return List.of(scaled.computeIfAbsent(deviation + (!scaling.scale() ? "" : scaling.center()
                ? " / std(" + x + ")"
                : " / sqrt(uss(" + x + ") / (count(" + x + ") - 1))"), e -> "_z" + (scaled.size() + 1)));
        }
        return variable instanceof Variable.Curve curve
            ? IntStream.rangeClosed(1, curve.degree()).mapToObj(k -> compute("(" + x + ")**" + k)).toList()
            : List.of(variable instanceof Variable.Computed ? compute(x) : x);
    }

    /**
     * @return the CLASS statement, when all effects are written; nothing without a nominal variable
     */
    public List<String> classStatement() {
        return classes.isEmpty() ? List.of() : List.of("class " + String.join(" ", classes.values()));
    }

    /**
     * @return statements that make the variables, when all effects are written
     */
    public List<String> preparation() {
        final List<String> statements = new ArrayList<>(SasText.preparation(data,
            computed.entrySet().stream().map(e -> e.getValue() + " = " + e.getKey()).toList()));
        final List<String> tables = new ArrayList<>();
        for (final CalledData.Centred centred : data.centred()) {
            final String x = SasText.name(centred.column());
            tables.add(table((centred.mean() ? "" : x + " - ") + "mean(" + x + ")", SasText.name(centred.name()),
                centred.units()));
        }
        scaled.forEach((expression, name) -> tables.add(table(expression, name, List.of())));
        if (!tables.isEmpty()) {
            statements.add("proc sql");
            statements.addAll(tables);
            statements.add("quit");
        }
        return statements;
    }

    private static String table(final String expression, final String name, final List<String> units) {
        return "create table data as select *, " + expression + " as " + name + " from data" + (units.isEmpty() ? ""
            : " group by " + units.stream().map(SasText::name).collect(Collectors.joining(", ")));
    }
}
