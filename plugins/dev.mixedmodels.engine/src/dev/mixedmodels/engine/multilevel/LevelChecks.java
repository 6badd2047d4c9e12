package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.formula.Grouping;
import dev.mixedmodels.engine.likelihood.MixedDesign;
import dev.mixedmodels.engine.likelihood.MixedFit;
import dev.mixedmodels.engine.likelihood.MixedModel;
import dev.mixedmodels.engine.likelihood.RandomGroup;
import dev.mixedmodels.engine.statistics.ExactFit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What makes a model impossible to fit, said before it is tried, and what is worth a remark about its levels. */
final class LevelChecks {
    /** Relative errors of variances by rounding that are worth a warning, and that leave no digit. */
    private static final double VISIBLE = 1e-4;
    private static final double LOST = 0.1;

    private LevelChecks() {
    }

    /** With the sums of the units. */
    static void data(final ModelSpecification specification, final MixedDesign mixed, final MixedModel model,
        final Progress progress, final Warnings warnings) {
        levels(mixed, model);
        constantSlopes(mixed, model, warnings);
        if (specification instanceof LevelSpecification levels) {
            remarks(levels, mixed, model, warnings);
        }
        rowsLeft(mixed, model, progress);
        if (model.factors() == 1) {
            exact(mixed.design(), model, progress);
        }
    }

    private static void levels(final MixedDesign mixed, final MixedModel model) {
        for (int k = 0; k < model.factors(); k++) {
            units(mixed, model, k);
            slopes(mixed.groups().get(k), k, model);
        }
        Saturation.check(mixed, model);
        for (int k = 0; k < model.factors(); k++) {
            for (int l = 0; l < k; l++) {
                different(mixed, model, k, l);
            }
        }
    }

    /** Refuses a level whose effects and the fixed effects are as many as rows: no row is left for the residuals. */
    private static void rowsLeft(final MixedDesign mixed, final MixedModel model, final Progress progress) {
        for (int k = 0; k < mixed.groups().size(); k++) {
            final RandomGroup group = mixed.groups().get(k);
            final int q = group.effects();
            final long effects = Arrays.stream(model.counts(k)).mapToLong(n -> Math.min(n, q)).sum();
            if (model.rows() - effects <= mixed.design().fixed().columns()
                && Double.isNaN(model.meanSquareWithin(k, progress))) {
                throw new ModelException("The effects of the units of \"" + group.name()
                    + "\" and the fixed effects are as many as the " + model.rows()
                    + " rows, so that nothing is left for the residuals. Leave out slopes or the level, or fixed "
                    + "effects.");
            }
        }
    }

    /** Refuses a response of which the units of a level leave nothing but rounding. */
    private static void exact(final ModelDesign design, final MixedModel model, final Progress progress) {
        for (int k = 0; k < model.factors(); k++) {
            if (ExactFit.is(model.meanSquareWithin(k, progress), 1, design.largestResponse())) {
                throw ExactFit.ofRandomEffects(design.responseName());
            }
        }
    }

    /**
     * With the estimates: refuses a fit without a residual variance, for nothing is left of the response or too little
     * to be computed.
     */
    static void estimate(final ModelDesign design, final MixedModel model, final MixedFit fit, final Progress progress,
        final Warnings warnings) {
        if (fit != null && fit.rounding() < LOST && !ExactFit.is(fit.sigma2(), 1, design.largestResponse())) {
            if (fit.rounding() > VISIBLE) {
                warnings.add(String.format(Locale.ROOT, "Units vary so much more than the rows within them that "
                    + "rounding shows beside several levels: variances and standard errors are good to about %s.",
                    fit.rounding() > 0.01 ? "one digit" : (int) -Math.log10(fit.rounding()) + " digits"));
            }
            return;
        }
        exact(design, model, progress);
        throw new ModelException("Units vary more than about 1e11 times as much as the rows within them. So small a "
            + "residual variance of \"" + design.responseName() + "\" cannot be told from rounding beside several "
            + "levels. Is \"" + design.responseName() + "\" computed from other columns? Otherwise fit one "
            + "level at a time, which has no such limit.");
    }

    private static void units(final MixedDesign mixed, final MixedModel model, final int k) {
        final RandomGroup group = mixed.groups().get(k);
        if (model.levels(k) == 1) {
            throw new ModelException("The level \"" + group.name() + "\" has one unit only, \"" + group.factor()
                .level(0) + "\", so that nothing varies between its units. Leave the level out.");
        }
        final int most = Arrays.stream(model.counts(k)).max().orElse(0);
        if (most == 1) {
            throw new ModelException("Every unit of the level \"" + group.name() + "\" has one row only, so that its "
                + "effects cannot be told from the residuals. " + remedy(mixed.design(), group));
        }
        if (most <= group.effects()) {
            throw new ModelException("No unit of the level \"" + group.name() + "\" has more rows (at most " + most
                + ") than random effects (" + String.join(", ", group.names())
                + "), so that these and the residuals cannot be told apart. Leave out slopes of this level.");
        }
    }

    /** Levels that are crossed have single rows when they are taken as nested. */
    private static String remedy(final ModelDesign design, final RandomGroup group) {
        final Grouping grouping = group.parts().get(0).term().grouping();
        final List<String> columns = grouping.columns();
        final int last = columns.size() - 1;
        if (last > 0 && grouping.separators().charAt(last - 1) == '/'
            && !ColumnNesting.lastWithinBefore(design.binder().stored(), grouping)) {
            return "\"" + columns.get(last) + "\" has the same values in several units of \"" + columns.get(last - 1)
                + "\". If these are the same units, the levels are crossed: switch on \"Crossed\", or write (1 | "
                + columns.get(last - 1) + ") + (1 | " + columns.get(last) + ") in a formula. Otherwise leave the level "
                + "out.";
        }
        return "Leave the level out, or choose the column of a higher level.";
    }

    private static void slopes(final RandomGroup group, final int k, final MixedModel model) {
        for (int c = 0; c < group.effects(); c++) {
            if (!model.facts().varies(k, c) && !group.names().get(c).equals(RandomGroup.INTERCEPT)) {
                throw new ModelException("The slope column \"" + group.names().get(c) + "\" of the level \""
                    + group.name() + "\" has the same value in all rows, so that its slope cannot vary. Leave it out.");
            }
        }
    }

    private static void different(final MixedDesign mixed, final MixedModel model, final int k, final int l) {
        if (model.levels(k) == model.levels(l) && model.nested(k, l)) {
            throw new ModelException("The levels \"" + mixed.groups().get(l).name() + "\" and \""
                + mixed.groups().get(k).name() + "\" have the same units: every unit of the one is a unit of the "
                + "other. Their variances cannot be told apart; leave one out.");
        }
    }

    /** Remarks on how the columns of nested levels relate to one another. */
    private static void remarks(final LevelSpecification specification, final MixedDesign mixed, final MixedModel model,
        final Warnings warnings) {
        final List<LevelSpecification.Level> levels = specification.levels();
        for (int k = 1; !specification.crossed() && k < levels.size(); k++) {
            final String inner = levels.get(k).column();
            final String outer = levels.get(k - 1).column();
            if (ColumnNesting.lastWithinBefore(mixed.design().binder().stored(), specification.grouping(k))) {
                warnings.add("The values of \"" + inner + "\" are already unique: each occurs within one unit of \""
                    + outer + "\" only. Nesting changes nothing but the names of the units.");
            } else {
                warnings.add("Values of \"" + inner + "\" occur in several units of \"" + outer + "\" and are taken as "
                    + "different units there, as nesting has it. If the same unit of \"" + inner + "\" really belongs "
                    + "to several units of \"" + outer + "\", the two are crossed: switch on \"Crossed\", or write a "
                    + "formula where only some levels are.");
            }
        }
        for (int k = 0; specification.crossed() && k < levels.size(); k++) {
            for (int l = 0; l < levels.size(); l++) {
                if (k != l && model.nested(k, l)) {
                    warnings.add("The level \"" + levels.get(k).column() + "\" is called crossed but lies within \""
                        + levels.get(l).column() + "\". The model is the same as a nested one.");
                }
            }
        }
    }

    /** A slope that does not vary within any unit says how units differ, not how slopes do. */
    private static void constantSlopes(final MixedDesign mixed, final MixedModel model, final Warnings warnings) {
        for (int k = 0; k < model.factors(); k++) {
            final RandomGroup group = mixed.groups().get(k);
            for (int c = 0; c < group.effects(); c++) {
                if (!model.facts().variesWithin(k, c) && !group.names().get(c).equals(RandomGroup.INTERCEPT)) {
                    warnings.add("The slope of \"" + group.names().get(c) + "\" varies over the units of \""
                        + group.name() + "\", but the column is constant within each unit. It then describes how the "
                        + "variance between units depends on the column, not slopes within them.");
                }
            }
        }
    }
}
