package dev.mixedmodels.engine.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.multilevel.LevelSpecification.Centering;
import dev.mixedmodels.engine.multilevel.LevelSpecification.Mode;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which models are special cases of which, whatever the data. */
class NestingTest {
    private static final Frame SLEEP = Fitted.frame("sleepstudy", "Subject");
    private static final Frame ORTHODONT = Fitted.frame("orthodont", "Subject", "Sex");

    private static Pair pair(final StoredModel one, final StoredModel two) {
        return Pair.of(new ComparedModel(1, one), new ComparedModel(2, two));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        // larger; smaller; nested; hypotheses
        "age * Sex; age; true; 2", "age * Sex; age + Sex; true; 1", "age + Sex; age * Sex; true; 1",
        "age * Sex; Sex; true; 2", "age + I(age^2); age; true; 1", "age + I(age^2); I(age^2); true; 1",
        "age; 0 + age; true; 1", "0 + Sex; 1; true; 1", "Sex:age; age; true; 1", "log(age) + Sex; age; false; 0",
        "I(age^2) + Sex; age; false; 0", "age; log(age); false; 0", "0 + Sex + Sex:age; age * Sex; true; 0"})
    void meansAreNestedWhereTheirColumnsAre(final String large, final String small, final boolean nested, final int df) {
        final Pair pair = pair(Fitted.longitudinal(ORTHODONT, "distance ~ " + large + " + (1 | Subject)", false),
            Fitted.longitudinal(ORTHODONT, "distance ~ " + small + " + (1 | Subject)", false));
        assertEquals(nested, pair.mean().nested());
        if (nested) {
            assertEquals(df, pair.mean().df());
            assertEquals(df, pair.mean().hypothesis().length);
        }
    }

    /** Whole numbers as a number are a case of the same as a factor. */
    @Test
    void aLineIsACaseOfAMeanForEachTime() {
        final Frame both = Fitted.frame("orthodont", "Subject", "Sex", "age");
        final Pair pair = pair(Fitted.longitudinal(both, "distance ~ age + (1 | Subject)", false),
            Fitted.longitudinal(ORTHODONT, "distance ~ age + (1 | Subject)", false));
        assertTrue(pair.nested());
        assertEquals(2, pair.mean().df());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        // larger; smaller; nested; variances at their bound
        "(1 + Days | Subject); (1 | Subject); true; 1", "(1 + Days || Subject); (1 | Subject); true; 1",
        "(1 + Days | Subject); (1 + Days || Subject); true; 0", "(1 + Days | Subject); (0 + Days | Subject); true; 1",
        "(1 + Days + I(Days^2) | Subject); (1 | Subject); true; 2",
        "(1 + Days + I(Days^2) | Subject); (1 + Days | Subject); true; 1",
        "(1 + I(Days^2) || Subject); (0 + Days | Subject); false; 0"})
    void randomPartsAreNestedWhereTheirEffectsAre(final String large, final String small, final boolean nested,
        final int boundaries) {
        final Pair pair = pair(Fitted.longitudinal(SLEEP, "Reaction ~ Days + " + large, false),
            Fitted.longitudinal(SLEEP, "Reaction ~ Days + " + small, false));
        assertEquals(nested, pair.nested());
        assertEquals(boundaries, pair.covariance().boundaries());
    }

    @Test
    void structuresOfEffects() {
        final String random = "distance ~ age + (0 + Sex | Subject)";
        final StoredModel intercept = Fitted.longitudinal(ORTHODONT, "distance ~ age + (1 | Subject)", false);
        final StoredModel identity = Fitted.longitudinal(ORTHODONT, random, RandomStructure.IDENTITY);
        final StoredModel diagonal = Fitted.longitudinal(ORTHODONT, random, RandomStructure.DIAGONAL);
        final Pair structures = pair(diagonal, identity);
        assertFalse(structures.nested(), "one variance for both is a line in the plane of two, which blocks do not tell");
        assertFalse(pair(diagonal, intercept).nested());
    }

    @Test
    void nodesThatFitTheSameModelAgree() {
        final Pair same = pair(Fitted.longitudinal(SLEEP, "Reaction ~ Days + (1 + Days | Subject)", false),
            Fitted.multilevel(SLEEP, "Reaction ~ Days + (1 + Days | Subject)", false));
        assertTrue(same.nested() && same.sameCovariance());
        assertEquals(0, same.mean().df());
    }

    @ParameterizedTest
    @CsvSource({"ARMA11, AR1, true, 0", "ARMA11, INDEPENDENT, false, -1", "EXPONENTIAL, CONTINUOUS_AR1, true, 0",
        "EXPONENTIAL_NUGGET, EXPONENTIAL, true, 1", "EXPONENTIAL_NUGGET, CONTINUOUS_AR1, true, 1",
        "EXPONENTIAL_NUGGET, INDEPENDENT, false, -1", "EXPONENTIAL_NUGGET, AR1, false, 0"})
    void correlationsOfSeveralParameters(final ResidualStructure large, final ResidualStructure small, final boolean nested,
        final int boundaries) {
        final Pair pair = pair(Fitted.residual(SLEEP, "Reaction ~ Days", large, "Days", "Subject"),
            Fitted.residual(SLEEP, "Reaction ~ Days", small, "Days", "Subject"));
        assertEquals(nested, pair.nested());
        assertEquals(boundaries, pair.covariance().boundaries());
        assertEquals(boundaries < 0, PairTests.of(pair).get(0).note().startsWith("No test"));
    }

    /** What each structure over visits or places contains, by hand. */
    @Test
    void structuresOverVisitsAndPlacesContainWhatTheyShould() {
        final Map<VisitStructure, Set<VisitStructure>> special = new EnumMap<>(VisitStructure.class);
        for (final VisitStructure large : VisitStructure.values()) {
            special.put(large, Arrays.stream(VisitStructure.values()).filter(small -> small != large
                && large.boundariesOf(small) >= 0).collect(Collectors.toCollection(() -> EnumSet.noneOf(VisitStructure.class))));
        }
        assertEquals(EnumSet.of(VisitStructure.AR1), special.get(VisitStructure.ARMA11));
        assertEquals(EnumSet.of(VisitStructure.INDEPENDENT, VisitStructure.COMPOUND_SYMMETRY, VisitStructure.AR1,
            VisitStructure.ARMA11), special.get(VisitStructure.TOEPLITZ));
        assertEquals(EnumSet.of(VisitStructure.INDEPENDENT, VisitStructure.CONTINUOUS_AR1),
            special.get(VisitStructure.SPATIAL_EXPONENTIAL));
        assertEquals(EnumSet.of(VisitStructure.SPATIAL_GAUSSIAN), special.get(VisitStructure.SPATIAL_GAUSSIAN_NUGGET));
        assertEquals(EnumSet.complementOf(EnumSet.copyOf(Arrays.stream(VisitStructure.values())
            .filter(s -> s.overPlaces() != null || s == VisitStructure.UNSTRUCTURED).toList())),
            special.get(VisitStructure.UNSTRUCTURED));
    }

    @ParameterizedTest
    @CsvSource({"AR1, 0", "CONTINUOUS_AR1, 1", "COMPOUND_SYMMETRY, 0"})
    void residuals(final ResidualStructure structure, final int boundaries) {
        final Pair pair = pair(Fitted.residual(SLEEP, "Reaction ~ Days", structure, "Days", "Subject"),
            Fitted.residual(SLEEP, "Reaction ~ Days", ResidualStructure.INDEPENDENT, "Days", "Subject"));
        assertTrue(pair.nested());
        assertEquals(boundaries, pair.covariance().boundaries());
        final Pair intercept = pair(Fitted.longitudinal(SLEEP, "Reaction ~ Days + (1 + Days | Subject)", false),
            Fitted.residual(SLEEP, "Reaction ~ Days", structure, "Days", "Subject"));
        assertFalse(intercept.nested());
    }

    @Test
    void groupings() {
        final Frame pastes = Fitted.frame("pastes", "batch", "cask", "sample");
        final StoredModel nested = Fitted.multilevel(pastes, "strength ~ 1 + (1 | batch/cask)", true);
        final Pair inner = pair(nested, Fitted.multilevel(pastes, "strength ~ 1 + (1 | cask:batch)", true));
        assertTrue(inner.nested() && inner.comparable());
        assertEquals(1, inner.covariance().boundaries());
        assertFalse(pair(nested, Fitted.multilevel(pastes, "strength ~ 1 + (1 | sample)", true)).nested(),
            "samples are casks of batches, but only the data tell");
    }

    @Test
    void centring() {
        final Frame school = Fitted.frame("egsingle", "schoolid", "childid", "female");
        final StoredModel raw = Fitted.centred(school);
        final StoredModel split = Fitted.centred(school, new Centering("year", Mode.WITHIN_AND_BETWEEN, "schoolid"));
        final Pair pair = pair(split, raw);
        assertTrue(pair.nested());
        assertEquals(1, pair.mean().df());
        final Pair grand = pair(raw, Fitted.centred(school, new Centering("year", Mode.GRAND_MEAN, null)));
        assertTrue(grand.nested() && grand.mean().sameRestricted());
        assertFalse(pair(raw, Fitted.centred(school, new Centering("year", Mode.WITHIN, "schoolid"))).nested());
    }

    private static StoredModel visits(final VisitStructure structure, final String by) {
        return Fitted.marginal(ORTHODONT, "distance ~ age_c11", structure, "Subject", "age", by);
    }

    @ParameterizedTest
    @CsvSource({"UNSTRUCTURED, COMPOUND_SYMMETRY, true, 0", "UNSTRUCTURED, HETEROGENEOUS_AR1, true, 0",
        "TOEPLITZ, AR1, true, 0", "TOEPLITZ, COMPOUND_SYMMETRY, true, 0", "HETEROGENEOUS_AR1, COMPOUND_SYMMETRY, false, 0",
        "HETEROGENEOUS_ANTE_DEPENDENCE, HETEROGENEOUS_AR1, true, 0", "HETEROGENEOUS_TOEPLITZ, ANTE_DEPENDENCE, false, 0",
        "CONTINUOUS_AR1, INDEPENDENT, true, 1", "UNSTRUCTURED, CONTINUOUS_AR1, false, 0",
        "ANTE_DEPENDENCE, DIAGONAL, false, 0"})
    void visits(final VisitStructure large, final VisitStructure small, final boolean nested, final int boundaries) {
        final Pair pair = pair(visits(large, null), visits(small, null));
        assertEquals(nested, pair.nested() && pair.large().model().visits().structure() == large);
        assertEquals(boundaries, pair.covariance().boundaries());
    }

    @Test
    void randomInterceptsAreACaseOfCompoundSymmetry() {
        final StoredModel intercept = Fitted.longitudinal(ORTHODONT, "distance ~ age_c11 + (1 | Subject)", false);
        assertTrue(pair(visits(VisitStructure.UNSTRUCTURED, null), intercept).nested());
        assertTrue(pair(visits(VisitStructure.COMPOUND_SYMMETRY, "Sex"), visits(VisitStructure.COMPOUND_SYMMETRY, null)).nested());
        assertTrue(pair(intercept, visits(VisitStructure.INDEPENDENT, null)).nested());
        assertEquals(1, pair(intercept, visits(VisitStructure.INDEPENDENT, null)).covariance().boundaries());
        assertFalse(pair(visits(VisitStructure.UNSTRUCTURED, null),
            Fitted.longitudinal(ORTHODONT, "distance ~ age_c11 + (1 + age | Subject)", false)).nested());
    }
}
