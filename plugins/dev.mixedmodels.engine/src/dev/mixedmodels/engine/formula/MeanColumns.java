package dev.mixedmodels.engine.formula;

import dev.mixedmodels.engine.common.SettingValues;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The mean of a model that is made of columns: a course over time, main effects, interactions. An interaction brings
 * the main effects of its columns with it; one with time is an interaction with each of its powers or with its spline.
 *
 * @param course the course over time
 * @param fixedEffects columns with main effects
 * @param interactions pairs of columns
 */
public record MeanColumns(TimeCourse course, List<String> fixedEffects, List<List<String>> interactions) {
    /**
     * @param values settings by the keys of a node whose mean has a course over time
     * @return the same
     * @throws dev.mixedmodels.engine.common.ModelException if a value is impossible
     */
    public static MeanColumns of(final SettingValues values) {
        return new MeanColumns(
            new TimeCourse(values.text("time"), (int) values.whole("timeDegree"),
                values.text("timeCurve").equals("NATURAL_SPLINE") ? (int) values.whole("timeDf") : 0),
            values.texts("fixedEffects"), values.groups("interactions").stream()
                .map(pair -> List.of(pair.text("first"), pair.text("second"))).toList());
    }

    /**
     * @param response the response column
     * @return the formula of the mean, to which random terms may be added
     */
    public FormulaBuilder formula(final String response) {
        final FormulaBuilder builder = new FormulaBuilder(response).fixed(course.terms());
        for (final String column : fixedEffects) {
            builder.fixed(column);
        }
        for (final List<String> pair : interactions) {
            builder.fixed(effects(pair.get(0))).fixed(effects(pair.get(1)))
                .fixed(products(effects(pair.get(0)), effects(pair.get(1))));
        }
        return builder;
    }

    /**
     * @return columns with main effects, those that interactions bring with them included; the time only if it is one
     */
    public Set<String> mainEffects() {
        final Set<String> columns = new LinkedHashSet<>(fixedEffects);
        interactions.forEach(columns::addAll);
        return columns;
    }

    /** The column, or its course if it is the time. */
    private List<Term> effects(final String column) {
        final List<Term> terms = column.equals(course.time()) ? course.terms() : List.of();
        return terms.isEmpty() ? List.of(Term.of(column)) : terms;
    }

    private static List<Term> products(final List<Term> first, final List<Term> second) {
        final List<Term> products = new ArrayList<>();
        for (final Term a : first) {
            for (final Term b : second) {
                final List<Variable> both = new ArrayList<>(a.variables());
                both.addAll(b.variables());
                products.add(new Term(both));
            }
        }
        return products;
    }
}
