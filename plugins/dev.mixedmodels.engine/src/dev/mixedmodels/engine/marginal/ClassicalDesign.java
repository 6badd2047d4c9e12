package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.design.Coding;
import dev.mixedmodels.engine.design.FixedDesign;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.formula.Term;
import dev.mixedmodels.engine.formula.TermList;
import dev.mixedmodels.engine.formula.Variable;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.NumericColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The design of a classical analysis of repeated measures: complete data and a mean of visit, factors between subjects
 * and their interactions with the visit, which is one multivariate regression of the visits on the between design.
 *
 * @param fixed the between design, one row a subject, sum coding, so that its intercept is the mean of all cells
 * @param terms within effects: the visit and its interactions
 * @param hypotheses for each of them the between hypothesis L over the columns of {@code fixed}
 * @param firstRows a row of the frame for each subject
 */
record ClassicalDesign(FixedDesign fixed, List<String> terms, List<double[][]> hypotheses, int[] firstRows) {

    /** Why there is no such design; empty if there is one. */
    static String obstacle(final MarginalSettings settings, final RepeatedRows rows) {
        final String visit = settings.layout().visit();
        final int visits = rows.visits().size();
        if (!rows.design().weights().equal()) {
            return "The rows have weights, of which the classical tests know nothing.";
        }
        if (visit == null || visits < 2) {
            return "There is no visit column with at least two visits.";
        }
        for (int s = 0; s < rows.subjects(); s++) {
            if (rows.index().start(s + 1) - rows.index().start(s) != visits) {
                return "The data are not complete: subject \"" + rows.subject().level(s) + "\" misses visits.";
            }
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
                if (!factor(rows, variable, visit)) {
                    return "The mean has " + variable + ", which is not a nominal factor between subjects.";
                }
            }
        }
        return terms.size() == 2 * between.size() + 1 ? "" : "The mean has an interaction with the visit without the "
            + "effect itself.";
    }

    private static List<Term> between(final List<Term> terms, final String visit) {
        return terms.stream().filter(t -> t.variables().stream().noneMatch(v -> v.columns().contains(visit))).toList();
    }

    private static boolean factor(final RepeatedRows rows, final Variable variable, final String visit) {
        final boolean nominal = variable instanceof Variable.Levels || variable instanceof Variable.Plain
            && !rows.design().rows().frame().column(variable.column()).numeric();
        return nominal && !variable.column().equals(visit)
            && rows.subject().nestedIn(rows.design().factor(variable.column()), rows.design().rows().fitted());
    }

    static ClassicalDesign of(final MarginalSettings settings, final RepeatedRows rows) {
        final Formula formula = settings.formula();
        final String visit = settings.layout().visit();
        final List<Term> between = between(formula.fixed().terms(), visit);
        final Frame frame = rows.design().rows().frame();
        final double[] response = new double[frame.rows()];
        Arrays.fill(response, Double.NaN);
        final int[] first = new int[rows.subjects()];
        Arrays.setAll(first, s -> rows.index().row(rows.index().start(s)));
        for (final int row : first) {
            response[row] = frame.column(formula.response().column()).value(row);
        }
        final FixedDesign fixed = ModelDesign.of(
            frame.with(new NumericColumn(formula.response().column(), response)),
            new Formula(formula.response(), TermList.of(true, between), List.of(), List.of()),
            settings.options().withCoding(Coding.SUM), new Warnings()).fixed();
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
        return new ClassicalDesign(fixed, terms, hypotheses, first);
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
