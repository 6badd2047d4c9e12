package dev.mixedmodels.engine.marginal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.design.Coding;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.frame.LevelOrder;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.TableSettings;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.model.ModelFit;
import dev.mixedmodels.engine.result.MeansRow;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Between-within degrees of freedom; those of coefficients are held to mmrm's by the reference fits. */
class BetweenWithinTest {
    private static final int SUBJECTS = 12;
    private static final int VISITS = 4;

    private static ModelFit fit(final String formula, final DesignOptions options, final Simulated data) {
        return fit(formula, VisitStructure.COMPOUND_SYMMETRY, options, data);
    }

    private static ModelFit fit(final String formula, final VisitStructure structure, final DesignOptions options,
        final Simulated data) {
        final MarginalSettings settings = Simulated.settings(formula, structure, true)
            .withOptions(options.withNominal("visit"))
            .withInference(i -> i.withDf(DfMethod.BETWEEN_WITHIN).withVariances(VarianceIntervals.NONE, false))
            .withTables(TableSettings.means(null, "visit"));
        return Simulated.fit(settings, data.frame());
    }

    private static Simulated data() {
        return new Simulated(SUBJECTS, VISITS, 0.1, 7);
    }

    /** Arms are between subjects, visits and the interaction within them, whatever columns stand for them. */
    @Test
    void meansAndTestsDoNotDependOnCodingAndReferenceLevel() {
        final Simulated data = data();
        final double between = SUBJECTS - 2;
        final double within = data.y.size() - SUBJECTS - (2 * VISITS - 2);
        final DesignOptions plain = DesignOptions.DEFAULT;
        for (final DesignOptions options : List.of(plain, plain.withCoding(Coding.SUM),
            plain.withCoding(Coding.HELMERT), plain.withOrder("arm", LevelOrder.reference("b")))) {
            final ModelFit fit = fit("y ~ arm * visit", options, data);
            assertEquals(between, Simulated.row(fit, "Fixed arm").denDf());
            assertEquals(within, Simulated.row(fit, "Fixed visit").denDf());
            assertEquals(within, Simulated.row(fit, "Fixed arm:visit").denDf());
            int differences = 0;
            for (final MeansRow row : fit.tables().means()) {
                final boolean ofVisits = row.type().equals("Difference") && row.term().equals("visit");
                assertEquals(ofVisits ? within : between, row.df(), row.toString());
                differences += ofVisits ? 1 : 0;
            }
            assertEquals(VISITS * (VISITS - 1) / 2, differences);
        }
    }

    /** Without anything between subjects all are within, the grand mean included. */
    @Test
    void withoutColumnsBetweenSubjectsAllIsWithin() {
        final Simulated data = data();
        final double within = data.y.size() - SUBJECTS - (VISITS - 1);
        fit("y ~ visit", DesignOptions.DEFAULT, data).tables().means()
            .forEach(row -> assertEquals(within, row.df(), row.toString()));
    }

    @Test
    void withAsManyCoefficientsAsSubjectsThereAreNone() {
        final Simulated data = new Simulated(2, 5, 0, 3);
        final ModelFit fit = fit("y ~ arm + visit", VisitStructure.INDEPENDENT, DesignOptions.DEFAULT, data);
        assertTrue(Double.isNaN(fit.tables().fixedEffects().get(1).df()));
        assertTrue(Double.isNaN(fit.tables().fixedEffects().get(1).pValue()));
        assertTrue(Double.isNaN(Simulated.row(fit, "Fixed arm").denDf()));
        assertEquals(10 - 2 - 4, fit.tables().fixedEffects().get(2).df());
    }
}
