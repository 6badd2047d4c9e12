package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.design.Coding;
import dev.mixedmodels.engine.design.FixedDesign;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.formula.Term;
import dev.mixedmodels.engine.formula.TermList;
import dev.mixedmodels.engine.formula.Variable;
import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.NominalColumn;
import dev.mixedmodels.engine.frame.NumericColumn;
import java.util.ArrayList;
import java.util.List;

/**
 * The design of a classical analysis of repeated measures: complete data and a mean of visit, factors between subjects
 * and their interactions with the visit, which is one multivariate regression of the visits on the between design.
 *
 * @param fixed the between design, one row a cell of the factors, sum coding, so that its intercept is the mean of all
 *            cells
 * @param terms within effects: the visit and its interactions
 * @param hypotheses for each of them the between hypothesis L over the columns of {@code fixed}
 */
record ClassicalDesign(FixedDesign fixed, List<String> terms, List<double[][]> hypotheses) {
    private static final String RESPONSE = "(response of a cell)";

    /** Why there is no such design, as far as levels and counts tell; empty if there may be one. */
    static String formObstacle(final RepeatedData data) {
        final MarginalSettings settings = data.settings();
        final String visit = settings.layout().visit();
        final int visits = data.visits().size();
        if (!data.design().weights().equal()) {
            return "The rows have weights, of which the classical tests know nothing.";
        }
        if (visit == null || visits < 2) {
            return "There is no visit column with at least two visits.";
        }
        final int incomplete = data.sizes().firstWithout(visits);
        if (incomplete >= 0) {
            return "The data are not complete: subject \"" + data.subject().level(incomplete) + "\" misses visits.";
        }
        final List<Term> terms = settings.formula().fixed().terms();
        final List<Term> between = between(terms, visit);
        if (!settings.formula().fixed().intercept() || terms.stream().noneMatch(Term.of(visit)::sameAs)) {
            return "The mean has no intercept or no effect of the visit as a factor.";
        }
        for (final Term term : between) {
            final List<Variable> variables = new ArrayList<>(term.variables());
            variables.add(new Variable.Plain(visit));
            if (terms.stream().noneMatch(new Term(variables)::sameAs)) {
                return "The mean has " + term + " without its interaction with the visit.";
            }
            for (final Variable variable : term.variables()) {
                if (!nominal(data, variable)) {
                    return notBetween(variable);
                }
            }
        }
        return terms.size() == 2 * between.size() + 1 ? "" : "The mean has an interaction with the visit without the "
            + "effect itself.";
    }

    /** Why there is no such design; empty if there is one. */
    static String obstacle(final RepeatedData data) {
        final String form = formObstacle(data);
        if (!form.isEmpty()) {
            return form;
        }
        for (final Term term : between(data.settings().formula().fixed().terms(), data.settings().layout().visit())) {
            for (final Variable variable : term.variables()) {
                if (!data.constant(variable.column())) {
                    return notBetween(variable);
                }
            }
        }
        return "";
    }

    private static String notBetween(final Variable variable) {
        return "The mean has " + variable + ", which is not a nominal factor between subjects.";
    }

    private static List<Term> between(final List<Term> terms, final String visit) {
        return terms.stream().filter(t -> t.variables().stream().noneMatch(v -> v.columns().contains(visit))).toList();
    }

    private static boolean nominal(final RepeatedData data, final Variable variable) {
        return variable instanceof Variable.Levels || variable instanceof Variable.Plain
            && !data.design().rows().frame().column(variable.column()).numeric();
    }

    /** Which of the columns that are read are the factors between subjects. */
    static int[] factors(final RepeatedData data) {
        return between(data.settings().formula().fixed().terms(), data.settings().layout().visit()).stream()
            .flatMap(term -> term.variables().stream()).map(Variable::column).distinct()
            .mapToInt(data.reader().columns()::indexOf).toArray();
    }

    static ClassicalDesign of(final RepeatedData data) {
        final Formula formula = data.settings().formula();
        final String visit = data.settings().layout().visit();
        final List<Term> between = between(formula.fixed().terms(), visit);
        final FixedDesign fixed = ModelDesign.of(cells(data),
            new Formula(new Variable.Plain(RESPONSE), TermList.of(true, between), List.of(), List.of()),
            data.settings().options().withCoding(Coding.SUM), new Warnings()).fixed();
        final List<String> terms = new ArrayList<>();
        final List<double[][]> hypotheses = new ArrayList<>();
        for (final Term term : formula.fixed().terms()) {
            if (between.contains(term)) {
                continue;
            }
            terms.add(term.toString());
            final Term rest = new Term(term.variables().stream().filter(v -> !v.column().equals(visit)).toList());
            hypotheses.add(rest.variables().isEmpty() ? intercept(fixed.columns())
                : fixed.typeThree(index(between, rest)));
        }
        return new ClassicalDesign(fixed, terms, hypotheses);
    }

    /** The cells of the factors between subjects as a table. */
    private static Frame cells(final RepeatedData data) {
        final int[] factors = factors(data);
        final List<List<Double>> cells = List.copyOf(data.sums().cells().cells().keySet());
        final List<Column> columns = new ArrayList<>();
        columns.add(new NumericColumn(RESPONSE, new double[cells.size()]));
        for (int f = 0; f < factors.length; f++) {
            final String name = data.reader().columns().get(factors[f]);
            final int at = f;
            columns.add(data.design().rows().frame().column(name).numeric()
                ? new NumericColumn(name, cells.stream().mapToDouble(cell -> cell.get(at)).toArray())
                : NominalColumn.of(name, cells.stream()
                    .map(cell -> data.design().factor(name).level(cell.get(at).intValue())).toList()));
        }
        return new Frame(cells.size(), columns);
    }

    private static int index(final List<Term> between, final Term term) {
        int k = 0;
        while (!between.get(k).sameAs(term)) {
            k++;
        }
        return k;
    }

    private static double[][] intercept(final int columns) {
        final double[][] unit = new double[1][columns];
        unit[0][0] = 1;
        return unit;
    }
}
