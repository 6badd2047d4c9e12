package dev.mixedmodels.knime.empiricalbayes;

import org.knime.node.parameters.layout.After;
import org.knime.node.parameters.layout.Section;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation;

/** Sections of the dialog of Empirical Bayes Shrinkage and when its fields are shown. */
final class EmpiricalBayesDialog {
    private EmpiricalBayesDialog() {
    }

    @Section(title = "Data")
    interface Data {
    }

    @Section(title = "Prior")
    @After(Data.class)
    interface PriorSection {
    }

    @Section(title = "Uncertainty")
    @After(PriorSection.class)
    interface Uncertainty {
    }

    @Section(title = "Decisions and display")
    @After(Uncertainty.class)
    interface Decisions {
    }

    @Section(title = "Details")
    @After(Decisions.class)
    interface Details {
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
            return i.getEnum(EstimatorReference.class).isOneOf(EstimatorMode.GIVEN);
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
