package dev.mixedmodels.knime.settings;

import dev.mixedmodels.engine.inference.VarianceIntervals;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.widget.choices.Label;

/** How confidence intervals are made of models that responses can be drawn from. */
public enum BootstrapIntervalsMode {
    /** Likelihood ratio. */
    @Label(value = VarianceIntervalsMode.PROFILE_LABEL, description = VarianceIntervalsMode.PROFILE_DESCRIPTION)
    PROFILE,
    /** Normal approximation. */
    @Label(value = VarianceIntervalsMode.WALD_LABEL, description = VarianceIntervalsMode.WALD_DESCRIPTION)
    WALD,
    /** Fits to drawn responses. */
    @Label(value = "Parametric bootstrap", description = """
        Responses are drawn from the fitted model and fitted anew: percentile intervals of covariance parameters in their \
        table, and in Model fit percentile and shortest intervals of every parameter, fixed effects and intraclass \
        correlations too, and p-values of random effects beside those by theory. Assumes no distribution of estimates, \
        and takes as many fits as there are replicates, for each test twice as many.""")
    BOOTSTRAP,
    /** None. */
    @Label(value = VarianceIntervalsMode.NONE_LABEL, description = VarianceIntervalsMode.NONE_DESCRIPTION)
    NONE;

    /** The setting in a dialog. */
    public static final class Reference implements ParameterReference<BootstrapIntervalsMode> {
    }

    /** Holds for a bootstrap. */
    public static final class IsBootstrap implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(Reference.class).isOneOf(BOOTSTRAP);
        }
    }

    /**
     * @param replicates of a bootstrap
     * @throws InvalidSettingsException if there is one, and their number is out of range
     */
    public void check(final int replicates) throws InvalidSettingsException {
        if (this == BOOTSTRAP) {
            Replicates.validate(replicates);
        }
    }

    /**
     * @param replicates of a bootstrap
     * @param seed of its random numbers
     * @return the same for the engine
     */
    public VarianceIntervals intervals(final int replicates, final long seed) {
        return this == BOOTSTRAP ? VarianceIntervals.bootstrap(replicates, seed)
            : VarianceIntervalsMode.valueOf(name()).intervals();
    }
}
