package dev.mixedmodels.knime.empiricalbayes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.knime.mixed.Dialog;
import dev.mixedmodels.knime.node.CsvTable;
import dev.mixedmodels.standin.run.TableBuilder;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the dialog shows and guesses. */
class EmpiricalBayesShrinkageDialogTest {
    private static Dialog dialog(final String file, final String... nominal) {
        return new Dialog(new EmpiricalBayesShrinkageNodeFactory(), CsvTable.read(file, nominal).getDataTableSpec());
    }

    @Test
    void settingsHaveFlatKeys() {
        assertEquals(new TreeSet<>(Set.of("unit", "family", "estimate", "standardError", "samplingVariance",
            "commonStandardError", "pooledVariance", "precision", "count", "exposure", "successes", "trials", "frequency",
            "marginalEstimates",
            "modelSpecification", "covariates", "formula", "prior", "estimator", "givenTau2", "givenMean", "posteriorVariance", "confidenceLevel",
            "dfMethod", "varianceIntervals", "threshold", "ranks", "display", "ratePer", "coding", "referenceLevels",
            "missingValues", "fittedValues", "replicates", "seed")), dialog("eightschools", "school").keys());
    }

    @Test
    void fieldsOfAFamilyAppearWithIt() {
        final List<String> gaussian = dialog("eightschools", "school").shown();
        assertTrue(gaussian.containsAll(List.of("estimate", "standardError", "covariates", "marginalEstimates")));
        assertFalse(gaussian.contains("frequency"));
        assertFalse(gaussian.contains("exposure") || gaussian.contains("trials") || gaussian.contains("givenTau2"));
        final List<String> poisson = dialog("pumps", "pump").shown();
        assertTrue(poisson.containsAll(List.of("count", "exposure", "frequency", "marginalEstimates")));
        assertFalse(poisson.contains("estimate") || poisson.contains("covariates"));
        final List<String> binomial = dialog("rattumor", "experiment").shown();
        assertTrue(binomial.containsAll(List.of("successes", "trials")));
        assertFalse(binomial.contains("count") || binomial.contains("marginalEstimates"));
        assertTrue(dialog("pumps", "pump").set("estimator", "GIVEN").shown().contains("givenTau2"));
        assertFalse(dialog("pumps", "pump").set("prior", "NONPARAMETRIC").shown().contains("estimator"));
        assertTrue(dialog("pumps", "pump").set("display", "RATE_PER").shown().contains("ratePer"));
    }

    @Test
    void theFormulaTakesThePlaceOfTheCovariates() {
        final Dialog schools = dialog("eightschools", "school");
        assertTrue(schools.shown().contains("covariates") && !schools.shown().contains("formula"));
        final List<String> shown = schools.set("modelSpecification", "FORMULA").shown();
        assertTrue(shown.contains("formula") && !shown.contains("covariates"));
        final List<String> counts = dialog("pumps", "pump").shown();
        assertFalse(counts.contains("modelSpecification") || counts.contains("formula"));
    }

    @Test
    void aColumnOfVariancesIsShownWhereThereIsNoneOfStandardErrors() {
        final Dialog bcg = new Dialog(new EmpiricalBayesShrinkageNodeFactory(), new TableBuilder()
            .strings("author", "Aronson", "Stein").doubles("yi", -0.9, -1.6).doubles("vi", 0.3, 0.2).build()
            .getDataTableSpec());
        assertEquals("VARIANCE", bcg.value("precision"));
        assertEquals("vi", bcg.value("samplingVariance"));
        assertTrue(bcg.shown().contains("samplingVariance") && !bcg.shown().contains("standardError"));
        assertEquals("COLUMN", dialog("eightschools", "school").value("precision"));
        assertFalse(dialog("eightschools", "school").shown().contains("samplingVariance"));
        assertTrue(bcg.set("precision", "COLUMN").shown().contains("standardError"));
    }

    @Test
    void saysWhichPriorMeanTheSettingsMake() {
        final Dialog bcg = new Dialog(new EmpiricalBayesShrinkageNodeFactory(), new TableBuilder().doubles("yi", -0.9, -1.6)
            .doubles("sei", 0.3, 0.2).doubles("ablat", 44, 55).build().getDataTableSpec());
        assertEquals("Prior mean: yi ~ 1", bcg.message());
        assertEquals("Prior mean: yi ~ ablat", bcg.set("covariates", "ablat").message());
        bcg.set("modelSpecification", "FORMULA");
        assertEquals("", bcg.message());
        assertEquals("Prior mean: yi ~ I(ablat^2)", bcg.set("formula", "I(ablat^2)").message());
    }

    @Test
    void guessesByName() {
        final Dialog schools = dialog("eightschools", "school");
        assertEquals("school", schools.value("unit"));
        assertEquals("effect", schools.value("estimate"));
        assertEquals("se", schools.value("standardError"));
        final Dialog named = new Dialog(new EmpiricalBayesShrinkageNodeFactory(), new TableBuilder()
            .strings("id", "a", "b").doubles("est", 3.1, 4.2).doubles("se", 1, 2).doubles("x", 0.5, 0.7).build()
            .getDataTableSpec());
        assertEquals("est", named.value("estimate"));
        final Dialog pumps = dialog("pumps", "pump");
        assertEquals("pump", pumps.value("unit"));
        assertEquals("failures", pumps.value("count"));
        assertEquals("time", pumps.value("exposure"));
        assertEquals("POISSON_GAMMA", pumps.value("family"));
        final Dialog claims = new Dialog(new EmpiricalBayesShrinkageNodeFactory(), new TableBuilder()
            .ints("claims", 1, 2).doubles("exposure", 3, 4).build().getDataTableSpec());
        assertEquals("<none>", claims.value("unit"));
        assertEquals("claims", claims.value("count"));
        final Dialog rats = dialog("rattumor", "experiment");
        assertEquals("experiment", rats.value("unit"));
        assertEquals("tumors", rats.value("successes"));
        assertEquals("rats", rats.value("trials"));
        assertEquals("BETA_BINOMIAL", rats.value("family"));
    }
}
