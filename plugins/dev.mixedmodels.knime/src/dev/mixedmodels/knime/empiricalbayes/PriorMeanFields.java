package dev.mixedmodels.knime.empiricalbayes;

import dev.mixedmodels.engine.common.Failures;
import dev.mixedmodels.engine.empiricalbayes.UnitColumns;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.formula.MeanColumns;
import dev.mixedmodels.engine.formula.TimeCourse;
import dev.mixedmodels.knime.settings.ModelSpecificationMode;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.StateProvider;
import org.knime.node.parameters.widget.message.TextMessage.Message;
import org.knime.node.parameters.widget.message.TextMessage.MessageType;

/** The prior mean in the dialog: columns or a formula. */
final class PriorMeanFields {
    static final String DESCRIPTION = """
        The prior mean in R's notation, the right-hand side only: <tt>ablat * alloc</tt> has the main effects of both \
        columns and their interaction, <tt>ablat + I(ablat^2)</tt> a curve. <tt>a:b</tt> is an interaction alone, \
        <tt>0 +</tt> takes the intercept out.\s""" + ModelSpecificationMode.FUNCTIONS + """
        Names may hold letters, digits, dots and underscores; any other name stands in \
        backticks: <tt>`birth weight`</tt>. There are no random terms: the units are the random effects.""";

    private PriorMeanFields() {
    }

    static final class SpecificationReference implements ParameterReference<ModelSpecificationMode> {
    }

    static final class FormulaReference implements ParameterReference<String> {
    }

    static final class CovariatesReference implements ParameterReference<String[]> {
    }

    /** Shown for Gaussian estimates by what the mean comes from. */
    private abstract static class From implements EffectPredicateProvider {
        private final ModelSpecificationMode mode;

        From(final ModelSpecificationMode mode) {
            this.mode = mode;
        }

        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(SpecificationReference.class).isOneOf(mode)
                .and(i.getPredicate(EmpiricalBayesDialog.IsGaussian.class));
        }
    }

    static final class FromColumns extends From {
        FromColumns() {
            super(ModelSpecificationMode.COLUMNS);
        }
    }

    static final class FromFormula extends From {
        FromFormula() {
            super(ModelSpecificationMode.FORMULA);
        }
    }

    /** The model that columns or formula make, or what is wrong with the formula. */
    static final class FormulaMessage implements StateProvider<Optional<Message>> {
        private Supplier<ModelSpecificationMode> specification;
        private Supplier<String> formula;
        private Supplier<String[]> covariates;
        private Supplier<String> estimate;

        @Override
        public void init(final StateProviderInitializer initializer) {
            initializer.computeBeforeOpenDialog();
            specification = initializer.computeFromValueSupplier(SpecificationReference.class);
            covariates = initializer.computeFromValueSupplier(CovariatesReference.class);
            formula = initializer.computeFromValueSupplier(FormulaReference.class);
            estimate = initializer.computeFromValueSupplier(UnitFields.EstimateReference.class);
        }

        @Override
        public Optional<Message> computeState(final NodeParametersInput context) {
            final String text = formula.get();
            final String observed = estimate.get();
            final boolean columns = specification.get() == ModelSpecificationMode.COLUMNS;
            if (!columns && (text == null || text.isBlank()) || observed == null || observed.isEmpty()) {
                return Optional.empty();
            }
            try {
                final Formula mean = columns
                    ? new MeanColumns(TimeCourse.NONE, chosen(), List.of()).formula(observed).build()
                    : UnitColumns.parse(observed, text);
                return Optional.of(new Message("Prior mean", mean.toString(), MessageType.INFO));
            } catch (final RuntimeException | OutOfMemoryError | StackOverflowError e) {
                return Optional.of(
                    new Message("This is no formula yet", Failures.inWords(e, "").getMessage(), MessageType.ERROR));
            }
        }

        private List<String> chosen() {
            return covariates.get() == null ? List.of() : Arrays.stream(covariates.get()).filter(Objects::nonNull).toList();
        }
    }
}
