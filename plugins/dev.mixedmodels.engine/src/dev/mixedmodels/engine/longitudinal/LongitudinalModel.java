package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.design.RandomDesign;
import dev.mixedmodels.engine.design.UnitRoles;
import dev.mixedmodels.engine.design.UsedRows;
import dev.mixedmodels.engine.fit.CovarianceModel;
import dev.mixedmodels.engine.fit.CovarianceSearch;
import dev.mixedmodels.engine.fit.RandomModel;
import dev.mixedmodels.engine.fit.ResidualModel;
import dev.mixedmodels.engine.frame.Factor;
import dev.mixedmodels.engine.frame.RowSource;
import dev.mixedmodels.engine.likelihood.SubjectLikelihood;
import dev.mixedmodels.engine.likelihood.SubjectSeries;
import dev.mixedmodels.engine.likelihood.SubjectShares;
import dev.mixedmodels.engine.statistics.OrdinaryLeastSquares;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Longitudinal mixed model: Y_i | b_i ~ N(X_i beta + Z_i b_i, Sigma_i), b_i ~ N(0, D) for every subject i, marginally
 * Y_i ~ N(X_i beta, Z_i D Z_i' + Sigma_i); with weights w of the rows W_i^-1/2 Sigma_i W_i^-1/2 stands for Sigma_i.
 * <p>
 * Source: Laird &amp; Ware (1982) Biometrics 38:963-974.
 */
public final class LongitudinalModel {
    private LongitudinalModel() {
    }

    /**
     * Fits the model.
     *
     * @param settings the model and what is wanted
     * @param source the table, which need not be in memory
     * @param progress of the whole
     * @param warnings takes what the user should know
     * @return the fit, which makes the output tables
     * @throws ModelException if a column is unsuitable, or the data do not determine the parameters
     */
    public static LongitudinalFit fit(final LongitudinalSettings settings, final RowSource source,
        final Progress progress, final Warnings warnings) {
        settings.check();
        progress.report(0, "Rows and columns");
        Checks.table(settings, source.header());
        UnitRoles.requireNotFixed(settings.formula(), settings.layout().subject(), "subject");
        final List<String> roles = Stream.of(settings.layout().subject(), settings.covariance().varianceBy())
            .filter(Objects::nonNull).toList();
        final ModelDesign design = ModelDesign.of(source, settings.formula(), options(settings), roles,
            progress.sub(0, 0.1), warnings);
        final SubjectKey key = new SubjectKey(settings.layout().subject(), settings.layout().time());
        final Factor subject = subject(settings, design);
        final RandomColumns random =
            design.random().isEmpty() ? null : new RandomColumns(design.random(), design.randomProducts());
        final OrdinaryLeastSquares naive = OrdinaryLeastSquares.of(design);
        progress.report(0.1, "Cross-products");
        final SubjectData data = new SubjectData(source, design, key, settings.covariance(), subject, random,
            naive, needsProducts(settings, design), progress.sub(0.1, 0.2));
        Checks.data(settings, data, warnings);
        final RandomModel effects =
            random == null ? RandomModel.none(0) : random.model(settings.covariance().random());
        LongitudinalFit fit = null;
        for (ResidualColumns residual = ResidualColumns.of(settings, data, warnings); residual != null;) {
            fit = fit(settings, data, naive, effects, residual, progress);
            final double[] eta = fit.estimate().eta();
            final int reference = residual.model().properReference(eta);
            residual = fit.estimate().minimum().optimum().converged()
                && reference != residual.model().reference() ? residual.withReference(reference) : null;
        }
        Checks.estimate(settings, data, fit.estimate());
        return fit;
    }

    private static LongitudinalFit fit(final LongitudinalSettings settings, final SubjectData data,
        final OrdinaryLeastSquares naive, final RandomModel effects, final ResidualColumns residual,
        final Progress progress) {
        final CovarianceModel model = new CovarianceModel(effects, residual.model());
        final SubjectLikelihood criterion = new SubjectLikelihood(shares(data, residual), settings.estimation().reml(),
            progress);
        Checks.likelihood(data.design(), model, criterion);
        progress.report(0.2, "Estimation");
        final CovarianceSearch search = new CovarianceSearch(model, criterion, settings.estimation());
        final Estimate estimate = Estimate.of(model, criterion, search.minimise(), data.scale());
        return new LongitudinalFit(settings, data, naive, residual, estimate, search);
    }

    private static DesignOptions options(final LongitudinalSettings settings) {
        return settings.options().withAlsoUsed(Stream.of(settings.layout().subject(), settings.layout().time(),
            settings.covariance().varianceBy(), settings.covariance().powerOf()).filter(Objects::nonNull)
            .toArray(String[]::new)).withOwnUnit();
    }

    /**
     * @param settings the model
     * @return which rows it uses
     */
    public static UsedRows usedRows(final LongitudinalSettings settings) {
        return UsedRows.of(settings.formula(), options(settings));
    }

    /** Whether these statistics must have all cross-products of each subject. */
    private static boolean needsProducts(final LongitudinalSettings settings, final ModelDesign design) {
        final LongitudinalSettings.Covariance covariance = settings.covariance();
        return settings.inference().byUnit() && covariance.residual() == ResidualStructure.INDEPENDENT
            && (covariance.varianceBy() == null || design.factor(covariance.varianceBy()).size() == 1)
            && covariance.powerOf() == null;
    }

    private static Factor subject(final LongitudinalSettings settings, final ModelDesign design) {
        Factor subject = null;
        for (final RandomDesign term : design.random()) {
            if (subject != null && !subject.name().equals(term.factor().name())) {
                throw new ModelException("The random terms group the rows by \"" + subject.name() + "\" and by \""
                    + term.factor().name() + "\". This model has one subject factor; the node Multilevel Model takes "
                    + "several.");
            }
            subject = term.factor();
        }
        if (subject == null) {
            if (settings.layout().subject() == null) {
                throw new ModelException("Neither the formula nor the settings say which rows belong to one subject. "
                    + "Choose the subject column.");
            }
            return design.factor(settings.layout().subject());
        }
        if (settings.layout().subject() != null && !settings.layout().subject().equals(subject.name())) {
            throw new ModelException("The subject column is \"" + settings.layout().subject()
                + "\", but the random part of the formula groups the rows by \"" + subject.name()
                + "\". Make them the same.");
        }
        return subject;
    }

    private static SubjectShares shares(final SubjectData data, final ResidualColumns residual) {
        final ResidualModel model = residual.model();
        final boolean oneVariance = model.shapes() == 0;
        if (model.structure() == ResidualStructure.INDEPENDENT && oneVariance) {
            return data.shares();
        }
        final SubjectSeries series =
            data.rows().series(model.structure(), residual.positions(), residual.exponents());
        return oneVariance && data.design().weights().equal() ? series.pooled(data.progress()) : series;
    }
}
