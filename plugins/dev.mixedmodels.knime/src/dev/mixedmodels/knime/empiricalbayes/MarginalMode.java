package dev.mixedmodels.knime.empiricalbayes;

import java.util.List;
import java.util.function.Supplier;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.widget.choices.EnumChoicesProvider;
import org.knime.node.parameters.widget.choices.Label;

/** Posterior means without any prior; names as in the engine. */
enum MarginalMode {
    @Label(value = "None", description = "Not computed.")
    NONE,
    @Label(value = "Robbins", description = """
        Counts with equal exposures: (y + 1) times the relative frequency of y + 1 over that of y, as observed. Wild \
        where counts are rare.""")
    OBSERVED,
    @Label(value = "Smoothed: Robbins or Tweedie", description = """
        The same from a smooth distribution, whose logarithm is a polynomial of degree 5 (Lindsey's method); for \
        estimates with equal standard errors Tweedie's formula, y plus the sampling variance times the slope of the \
        log density.""")
    SMOOTHED;

    static final String TITLE = "Robbins and Tweedie estimates";

    /** Those that the kind of data has. */
    static final class Choices implements EnumChoicesProvider<MarginalMode> {
        private Supplier<FamilyMode> family;

        @Override
        public void init(final StateProviderInitializer initializer) {
            initializer.computeBeforeOpenDialog();
            family = initializer.computeFromValueSupplier(EmpiricalBayesDialog.FamilyReference.class);
        }

        @Override
        public List<MarginalMode> choices(final NodeParametersInput context) {
            return family.get() == FamilyMode.GAUSSIAN ? List.of(NONE, SMOOTHED) : List.of(values());
        }
    }
}
