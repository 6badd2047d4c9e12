package dev.mixedmodels.spark;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmpiricalBayesShrinkageTest extends LocalSession {
    private static final String NODE = "empirical-bayes-shrinkage";
    private static final MadeData DATA = MadeData.units();
    private static final String COUNTS = "family=POISSON_GAMMA; count=n; exposure=e";

    /** Estimates with covariates. */
    static final List<String> ESTIMATES = List.of("unit=u", "estimate=y", "standardError=se", "covariates=x,kind");

    private static List<String> list(final String settings) {
        return Arrays.stream(settings.split(";")).map(String::strip).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', value = {
        "1 # ranks=true; threshold=4", "8 # ranks=true; threshold=4",
        "3 # posteriorVariance=PRASAD_RAO; dfMethod=KNAPP_HARTUNG; referenceLevels=[{\"column\": \"kind\", \"level\": \"k2\"}]"})
    void theTablesOfEstimatesAreTheNodesInAnyNumberOfPartitions(final int partitions, final String changes) {
        assertSame(partitions, Stream.concat(ESTIMATES.stream(), list(changes).stream()).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', value = {
        "4 # unit=u; estimate=y; precision=VARIANCE; samplingVariance=v; modelSpecification=FORMULA; formula=x * kind; "
            + "posteriorVariance=BOOTSTRAP; replicates=5; fittedValues=NONE",
        "5 # unit=; ranks=true; display=RATE_PER; " + COUNTS, "1 # unit=u; prior=NONPARAMETRIC; " + COUNTS,
        "7 # unit=u; family=BETA_BINOMIAL; successes=s; trials=t; frequency=f"})
    void soAreThoseOfCountsAndFormulas(final int partitions, final String settings) {
        assertSame(partitions, list(settings));
    }

    private static void assertSame(final int partitions, final List<String> set) {
        final NodeTables node = NodeTables.of(NODE, DATA.csv(NODE), set);
        try (FittedTables fitted = MixedModels.fit(DATA.table(spark, partitions), settings(NODE, set))) {
            node.assertSame(fitted);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', value = {
        "estimate=nobody # no column \"nobody\"", "estimate=u # not numeric", "standardError= # No column is chosen as standard",
        "standardError=y # set twice", "unit=se # cannot name groups", "covariates=u # also the unit", "confidenceLevel=0.95 # 95",
        "family=BETA_BINOMIAL; successes=s; trials=t # Covariates are for", "estimator=GIVEN # Given prior variance",
        "precision=COMMON # Common standard error", "threshold=many # not a finite number", "prior=ANY # \"prior\"",
        "precision=VARIANCE; samplingVariance=d # Row \"Row", "missingValues=FAIL # Row \"Row",
        "covariates=; family=POISSON_GAMMA; count=y; exposure=e # counts must be whole numbers"})
    void whatCannotBeIsRefusedInWords(final String changes, final String words) {
        final List<String> set = Stream.concat(ESTIMATES.stream(), list(changes).stream()).toList();
        final String message = assertThrows(ModelException.class,
            () -> MixedModels.fit(DATA.table(spark, 3), settings(NODE, set))).getMessage();
        assertTrue(message.contains(words), message);
    }
}
