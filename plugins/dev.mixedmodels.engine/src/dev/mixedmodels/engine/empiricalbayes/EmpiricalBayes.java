package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayesSettings.Prior;
import dev.mixedmodels.engine.frame.RowSource;
import java.util.List;

/**
 * Empirical Bayes shrinkage. From the data to the result: model of the data given the prior ({@link CompoundModel}),
 * estimate of the prior from the marginal distribution ({@link PriorEstimate}), posterior moments that allow for that
 * estimate ({@link Uncertainty}), tables ({@link EmpiricalBayesResult}).
 * <p>
 * Sources: Robbins (1956); Efron &amp; Morris (1975) JASA 70:311-319; Morris (1983) JASA 78:47-55; Carlin &amp; Louis
 * (2009) Bayesian Methods for Data Analysis, chapter 5.
 * <p>
 * The mathematics: doc/empirical-bayes.md beside the sources.
 */
public final class EmpiricalBayes {
    private EmpiricalBayes() {
    }

    /**
     * Fits the prior to units of a table, which need not be in memory: what the likelihood needs of each unit is kept.
     *
     * @param model what to fit and to report, and which columns tell what
     * @param table the table, one row a unit
     * @param progress told how far the work is
     * @param warnings told what the user should know
     * @return the result
     * @throws ModelException if the data are impossible for the family, too few for what is asked, or too many for the
     *             memory that is left
     */
    public static EmpiricalBayesResult fit(final UnitModel model, final RowSource table, final Progress progress,
        final Warnings warnings) {
        return fit(model.settings(), UnitTable.read(model, table, progress.sub(0, 0.4), warnings),
            progress.sub(0.4, 1), warnings);
    }

    /**
     * Fits the prior to units in memory.
     *
     * @param settings what to fit and to report
     * @param units the data
     * @param progress told how far the work is
     * @param warnings told what the user should know
     * @return the result
     * @throws ModelException if the data are impossible for the family, or too few for what is asked
     */
    public static EmpiricalBayesResult fit(final EmpiricalBayesSettings settings, final Units units,
        final Progress progress, final Warnings warnings) {
        units.check(settings.family(), settings.prior());
        return fit(settings, UnitTable.of(units), progress, warnings);
    }

    private static EmpiricalBayesResult fit(final EmpiricalBayesSettings settings, final UnitTable table,
        final Progress progress, final Warnings warnings) {
        check(settings, table.observed());
        if (table.observed().size() == 0) {
            throw new ModelException("No unit has an observation: every row is left out or misses its value.");
        }
        final List<String> repeated = table.repeated();
        if (!repeated.isEmpty()) {
            warnings.add("Some units occur in more than one row (" + String.join(", ",
                repeated.subList(0, Math.min(RepeatedUnits.NAMED, repeated.size())))
                + (repeated.size() > RepeatedUnits.NAMED ? ", ..." : "")
                + "): each row is treated as a unit of its own. Sum up or average a unit's rows first if they belong"
                + " together.");
        }
        return new PriorFit(settings, table, progress, warnings).run();
    }

    private static void check(final EmpiricalBayesSettings settings, final Units units) {
        if (units.mean().hasCovariates()
            && (settings.family() != Family.GAUSSIAN || settings.prior() == Prior.NONPARAMETRIC)) {
            throw new ModelException("Covariates are for the kind of data \"Estimates with standard errors\" with a"
                + " parametric prior. Remove them under \"Covariates\".");
        }
        if (units.frequency() != null && settings.family() == Family.GAUSSIAN) {
            throw new ModelException("Frequencies are for counts and successes: estimates with standard errors have a "
                + "row each. Choose no column under \"Frequency\".");
        }
        if (units.frequency() != null && settings.ranks()) {
            throw new ModelException("Ranks are of single units, and rows stand for as many units as their frequencies"
                + " say. Switch the ranks off.");
        }
        if (units.mean().hasCovariates() && !Double.isNaN(settings.givenMean())) {
            throw new ModelException("A given prior mean leaves no room for covariates. Empty \"Given prior mean\""
                + " or remove the \"Covariates\".");
        }
    }
}
