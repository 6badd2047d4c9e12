package dev.mixedmodels.knime.empiricalbayes;

import dev.mixedmodels.knime.guess.ColumnGuesses;
import dev.mixedmodels.knime.guess.UnitGuesses;
import dev.mixedmodels.knime.settings.ColumnChoices;
import dev.mixedmodels.knime.settings.DialogLayout;
import java.util.Set;
import java.util.function.Supplier;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.layout.After;
import org.knime.node.parameters.layout.Inside;
import org.knime.node.parameters.layout.Section;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.StateProvider;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation;

/** Sections of the dialog of Empirical Bayes Shrinkage and when its fields are shown. */
@Inside(DialogLayout.Model.class)
final class EmpiricalBayesDialog {
    private EmpiricalBayesDialog() {
    }

    @Section(title = "Data")
    interface Data {
    }

    @Section(title = "Decisions")
    @After(Data.class)
    interface Decisions {
    }

    @Section(title = "Prior")
    @After(Decisions.class)
    @Advanced
    interface PriorSection {
    }

    @Section(title = "Uncertainty")
    @After(PriorSection.class)
    @Advanced
    interface Uncertainty {
    }

    @Section(title = "Scale of the estimates")
    @After(Uncertainty.class)
    @Advanced
    interface Scale {
    }

    @Section(title = "Nominal columns")
    @After(Scale.class)
    @Effect(predicate = IsGaussian.class, type = EffectType.SHOW)
    @Advanced
    interface Factors {
    }

    @Section(title = EmpiricalBayesShrinkageParameters.REFERENCE_LEVELS)
    @After(Factors.class)
    @Effect(predicate = IsGaussian.class, type = EffectType.SHOW)
    @Advanced
    interface References {
    }

    @Section(title = "Missing values")
    @After(References.class)
    @Advanced
    interface Missing {
    }

    @Section(title = "Details")
    @After(Missing.class)
    @Advanced
    interface Details {
    }

    static final class PosteriorVarianceReference implements ParameterReference<PosteriorVarianceMode> {
    }

    static final class RanksReference implements ParameterReference<Boolean> {
    }

    /** Shown for posterior variances by bootstrap. */
    static final class IsBootstrap implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(PosteriorVarianceReference.class).isOneOf(PosteriorVarianceMode.BOOTSTRAP);
        }
    }

    /** Shown for what draws random numbers: bootstrap and ranks. */
    static final class IsRandom implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getPredicate(IsBootstrap.class).or(i.getBoolean(RanksReference.class).isTrue());
        }
    }

    static final class PrecisionReference implements ParameterReference<PrecisionMode> {
    }

    static final class CommonReference implements ParameterReference<Double> {
    }

    static final class PooledReference implements ParameterReference<Double> {
    }

    /** Shows where the standard errors come from; with settings that do not say so, a number that is set goes first. */
    static final class PrecisionShown implements StateProvider<PrecisionMode> {
        private Supplier<PrecisionMode> stored;
        private Supplier<Double> common;
        private Supplier<Double> pooled;
        private Supplier<String> standardError;
        private Supplier<String> samplingVariance;

        @Override
        public void init(final StateProviderInitializer initializer) {
            initializer.computeBeforeOpenDialog();
            stored = initializer.getValueSupplier(PrecisionReference.class);
            standardError = initializer.getValueSupplier(UnitFields.StandardErrorReference.class);
            samplingVariance = initializer.getValueSupplier(UnitFields.SamplingVarianceReference.class);
            common = initializer.getValueSupplier(CommonReference.class);
            pooled = initializer.getValueSupplier(PooledReference.class);
        }

        @Override
        public PrecisionMode computeState(final NodeParametersInput context) {
            final PrecisionMode mode = stored.get() == null ? PrecisionMode.AUTOMATIC : stored.get();
            final UnitGuesses guesses = ColumnGuesses.byNames(context).units(Set.of());
            return mode.decide(common.get(), pooled.get(), chosen(standardError, guesses.standardError()),
                chosen(samplingVariance, guesses.variance()));
        }

        private static String chosen(final Supplier<String> stored, final String guess) {
            return stored.get() == null ? guess : stored.get();
        }
    }

    /** Columns that may be covariates. */
    static final class Covariates extends ColumnChoices.Covariates {
        @Override
        public void init(final StateProviderInitializer initializer) {
            initializer.computeBeforeOpenDialog();
            leaveOut(initializer, UnitFields.UnitReference.class);
            leaveOut(initializer, UnitFields.EstimateReference.class);
        }
    }

    static final class FamilyReference implements ParameterReference<FamilyMode> {
    }

    static final class PriorReference implements ParameterReference<PriorMode> {
    }

    static final class EstimatorReference implements ParameterReference<EstimatorMode> {
    }

    static final class DisplayReference implements ParameterReference<DisplayMode> {
    }

    static final class IsGaussian implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(FamilyReference.class).isOneOf(FamilyMode.GAUSSIAN);
        }
    }

    /** A precision of Gaussian estimates. */
    private abstract static class HasPrecision implements EffectPredicateProvider {
        private final PrecisionMode mode;

        HasPrecision(final PrecisionMode mode) {
            this.mode = mode;
        }

        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(PrecisionReference.class).isOneOf(mode).and(i.getPredicate(IsGaussian.class));
        }
    }

    static final class HasColumn extends HasPrecision {
        HasColumn() {
            super(PrecisionMode.COLUMN);
        }
    }

    static final class HasVariance extends HasPrecision {
        HasVariance() {
            super(PrecisionMode.VARIANCE);
        }
    }

    static final class HasCommon extends HasPrecision {
        HasCommon() {
            super(PrecisionMode.COMMON);
        }
    }

    static final class HasPooled extends HasPrecision {
        HasPooled() {
            super(PrecisionMode.POOLED);
        }
    }

    static final class HasCount implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getPredicate(IsPoisson.class).or(i.getPredicate(HasPooled.class));
        }
    }

    static final class IsPoisson implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(FamilyReference.class).isOneOf(FamilyMode.POISSON_GAMMA);
        }
    }

    static final class IsBinomial implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(FamilyReference.class).isOneOf(FamilyMode.BETA_BINOMIAL);
        }
    }

    static final class IsConjugate implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(PriorReference.class).isOneOf(PriorMode.PARAMETRIC);
        }
    }

    static final class IsGiven implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(EstimatorReference.class).isOneOf(EstimatorMode.GIVEN)
                .and(i.getPredicate(IsConjugate.class));
        }
    }

    static final class IsRate implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(DisplayReference.class).isOneOf(DisplayMode.RATE_PER);
        }
    }

    static final class AtLeastTwo extends MinValidation {
        @Override
        protected double getMin() {
            return 2;
        }
    }
}
