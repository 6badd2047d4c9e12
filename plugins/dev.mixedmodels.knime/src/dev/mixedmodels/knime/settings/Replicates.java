package dev.mixedmodels.knime.settings;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MaxValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation;

/** The number of responses that a bootstrap draws. */
public final class Replicates {
    /** Title of the setting in every dialog. */
    public static final String TITLE = "Bootstrap replicates";
    /** Description of the setting in every dialog. */
    public static final String DESCRIPTION = """
        How many responses are drawn from the fitted model, each of which is fitted anew. 1,000 tell a p-value of 0.05 to \
        within 0.014, and bounds of 95 % intervals well; far smaller p-values need more.""";
    /** Title of the seed. */
    public static final String SEED_TITLE = "Seed";
    /** Description of the seed. */
    public static final String SEED_DESCRIPTION = """
        Start of the random numbers of the bootstrap; the same seed gives the same result, on any number of processors.""";
    /** Description of the seed where tests may need it too. */
    public static final String TEST_SEED_DESCRIPTION = """
        Start of the random numbers of the bootstrap, and where a test needs simulation; the same seed gives the same \
        result, on any number of processors.""";
    /** The number that is set until the user sets another. */
    public static final int DEFAULT = 1000;

    private static final int LEAST = 10;
    private static final int MOST = 1_000_000;

    private Replicates() {
    }

    /**
     * @param replicates the number
     * @throws InvalidSettingsException if it is out of range
     */
    public static void validate(final int replicates) throws InvalidSettingsException {
        if (replicates < LEAST || replicates > MOST) {
            throw new InvalidSettingsException("\"" + TITLE + "\" is " + replicates + " and must lie between " + LEAST
                + " and " + MOST + "; " + DEFAULT + " is usual.");
        }
    }

    /** At least 10. */
    public static final class Least extends MinValidation {
        @Override
        protected double getMin() {
            return LEAST;
        }
    }

    /** At most a million. */
    public static final class Most extends MaxValidation {
        @Override
        protected double getMax() {
            return MOST;
        }
    }
}
