package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.frame.Factor;
import dev.mixedmodels.engine.frame.Rows;
import dev.mixedmodels.engine.likelihood.MixedDesign;
import dev.mixedmodels.engine.likelihood.RandomGroup;
import dev.mixedmodels.engine.statistics.OrdinaryLeastSquares;
import java.util.List;

/** What makes a model impossible to fit, said before it is tried, and what is worth a remark about its levels. */
final class LevelChecks {
    private static final String INTERCEPT = "(Intercept)";
    /** Part of the response's variation that is rounding. */
    private static final double ROUNDING = 1e-24;

    private LevelChecks() {
    }

    static void check(final MixedDesign mixed, final OrdinaryLeastSquares ols) {
        final Rows fitted = mixed.design().rows().fitted();
        final int p = mixed.design().fixed().columns();
        if (fitted.size() <= p) {
            throw new ModelException(Words.capital(Words.there(fitted.size(), "complete row")) + " for "
                + Words.count(p, "fixed effect") + ". The model needs more rows than coefficients.");
        }
        final double total = mixed.design().fixed().products().product(last(mixed), last(mixed));
        if (!(ols.residualSumOfSquares() > ROUNDING * Math.max(total, offset(mixed)))) {
            throw new ModelException("The fixed effects explain the response \""
                + mixed.design().formula().response().column() + "\" without any residual"
                + (total > 0 ? "" : ", because all its values are equal") + ". There is no variance to split up.");
        }
        for (final RandomGroup group : mixed.groups()) {
            units(group, fitted);
            slopes(group, fitted);
        }
        for (int k = 0; k < mixed.groups().size(); k++) {
            for (int l = 0; l < k; l++) {
                different(mixed.groups().get(k).factor(), mixed.groups().get(l).factor(), fitted);
            }
        }
    }

    private static int last(final MixedDesign mixed) {
        return mixed.design().fixed().allNames().size();
    }

    /** N times the squared shift of the response, whose rounding is in every value. */
    private static double offset(final MixedDesign mixed) {
        final double shift = mixed.design().fixed().products().shift(last(mixed));
        return mixed.design().rows().fitted().size() * shift * shift;
    }

    private static void units(final RandomGroup group, final Rows fitted) {
        final Factor factor = group.factor();
        if (factor.size() == 1) {
            throw new ModelException("The level \"" + group.name() + "\" has one unit only, \"" + factor.level(0)
                + "\", so that nothing varies between its units. Leave the level out.");
        }
        if (factor.size() == fitted.size() && group.names().contains(INTERCEPT)) {
            throw new ModelException("Every unit of the level \"" + group.name() + "\" has one row only, so that its "
                + "effects cannot be told from the residuals. Leave the level out, or choose the column of a higher "
                + "level.");
        }
    }

    private static void slopes(final RandomGroup group, final Rows fitted) {
        final double[] first = new double[group.effects()];
        final double[] z = new double[group.effects()];
        final boolean[] constant = new boolean[group.effects()];
        java.util.Arrays.fill(constant, true);
        group.row(fitted.row(0), first, 0);
        for (int i = 1; i < fitted.size(); i++) {
            group.row(fitted.row(i), z, 0);
            for (int c = 0; c < z.length; c++) {
                constant[c] &= z[c] == first[c];
            }
        }
        for (int c = 0; c < z.length; c++) {
            if (constant[c] && !group.names().get(c).equals(INTERCEPT)) {
                throw new ModelException("The slope column \"" + group.names().get(c) + "\" of the level \""
                    + group.name() + "\" has the same value in all rows, so that its slope cannot vary. Leave it out.");
            }
        }
    }

    private static void different(final Factor a, final Factor b, final Rows fitted) {
        if (a.size() == b.size() && a.nestedIn(b, fitted)) {
            throw new ModelException("The levels \"" + b.name() + "\" and \"" + a.name() + "\" have the same units: every "
                + "unit of the one is a unit of the other. Their variances cannot be told apart; leave one out.");
        }
    }

    /** Remarks on how the columns of nested levels relate to one another. */
    static void remarks(final LevelSpecification model, final ModelDesign design, final Warnings warnings) {
        final Rows fitted = design.rows().fitted();
        final List<LevelSpecification.Level> levels = model.levels();
        for (int k = 1; !model.crossed() && k < levels.size(); k++) {
            final String inner = levels.get(k).column();
            final String outer = levels.get(k - 1).column();
            if (design.factor(inner).nestedIn(design.factor(outer), fitted)) {
                warnings.add("The values of \"" + inner + "\" are already unique: each occurs within one unit of \""
                    + outer + "\" only. Nesting changes nothing but the names of the units.");
            } else {
                warnings.add("Values of \"" + inner + "\" occur in several units of \"" + outer + "\" and are taken as "
                    + "different units there, as nesting has it. If the same unit of \"" + inner + "\" really belongs "
                    + "to several units of \"" + outer + "\", the two are crossed: choose crossed, or use a formula.");
            }
        }
        for (int k = 0; model.crossed() && k < levels.size(); k++) {
            for (int l = 0; l < levels.size(); l++) {
                if (k != l && design.factor(levels.get(k).column())
                    .nestedIn(design.factor(levels.get(l).column()), fitted)) {
                    warnings.add("The level \"" + levels.get(k).column() + "\" is called crossed but lies within \""
                        + levels.get(l).column() + "\". The model is the same as a nested one.");
                }
            }
        }
    }

    /** A slope that does not vary within any unit says how units differ, not how slopes do. */
    static void constantSlopes(final MixedDesign mixed, final Warnings warnings) {
        final Rows fitted = mixed.design().rows().fitted();
        for (final RandomGroup group : mixed.groups()) {
            final int q = group.effects();
            final double[] first = new double[group.factor().size() * q];
            final boolean[] seen = new boolean[group.factor().size()];
            final boolean[] varies = new boolean[q];
            final double[] z = new double[q];
            for (int i = 0; i < fitted.size(); i++) {
                final int row = fitted.row(i);
                final int unit = group.factor().code(row);
                group.row(row, z, 0);
                for (int c = 0; c < q; c++) {
                    if (!seen[unit]) {
                        first[unit * q + c] = z[c];
                    }
                    varies[c] |= z[c] != first[unit * q + c];
                }
                seen[unit] = true;
            }
            for (int c = 0; c < q; c++) {
                if (!varies[c] && !group.names().get(c).equals(INTERCEPT)) {
                    warnings.add("The slope of \"" + group.names().get(c) + "\" varies over the units of \""
                        + group.name() + "\", but the column is constant within each unit. It then describes how the "
                        + "variance between units depends on the column, not slopes within them.");
                }
            }
        }
    }
}
