package dev.mixedmodels.engine.marginal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.model.ModelFit;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** BIC by rows, as lme4, and by subjects, as SAS. */
class InformationCriteriaTest {
    /** SAS counts all subjects of the data, also those of whom no response is known (its fits to mmrm's fev_data). */
    @Test
    void sasCountsSubjectsWithoutAResponse() {
        final Simulated data = new Simulated(20, 3, 0.1, 71);
        for (final String subject : new String[] {"x1", "x2"}) {
            for (int visit = 1; visit <= 3; visit++) {
                data.add(subject, "a", visit, visit, 0.5, Double.NaN);
            }
        }
        data.add("x3", "a", 1, 1, Double.NaN, 1); // has no covariate and is left out
        for (final boolean reml : new boolean[] {true, false}) {
            final ModelFit fit = Simulated.fit(Simulated.settings("y ~ x + arm", VisitStructure.AR1, reml),
                data.frame());
            final double n = Simulated.statistic(fit, "Rows Used");
            final double deviance = Simulated.deviance(fit);
            assertEquals(deviance + 5 * Math.log(n), Simulated.statistic(fit, "BIC"), 1e-10);
            final String note = Simulated.row(fit, "BIC").note();
            assertTrue(note.contains("(22 in the table, 2 of them without a response)"), note);
            assertTrue(note.contains(String.format(Locale.ROOT, "BIC %.10g", deviance + (reml ? 2 : 5) * Math.log(22))),
                note);
            assertEquals(20, Simulated.statistic(fit, "Levels of subject"));
        }
    }
}
