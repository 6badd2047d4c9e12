package dev.mixedmodels.knime.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.picture.Chart;
import dev.mixedmodels.engine.picture.Picture;
import dev.mixedmodels.knime.empiricalbayes.EmpiricalBayesShrinkageNodeFactory;
import dev.mixedmodels.knime.longitudinal.LongitudinalMixedModelNodeFactory;
import dev.mixedmodels.knime.marginal.MarginalRepeatedMeasuresNodeFactory;
import dev.mixedmodels.knime.multilevel.MultilevelModelNodeFactory;
import dev.mixedmodels.knime.node.CsvTable;
import dev.mixedmodels.knime.oneway.RandomInterceptAnovaNodeFactory;
import dev.mixedmodels.standin.run.NodeInstance;
import dev.mixedmodels.standin.run.NodeResult;
import dev.mixedmodels.standin.run.NodeRun;
import dev.mixedmodels.standin.run.TableBuilder;
import dev.mixedmodels.standin.settings.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knime.node.DefaultNodeFactory;

/** What the page of each node gets, from the internal tables. */
class PictureViewTest {
    private static NodeRun anova() {
        return NodeRun.of(new RandomInterceptAnovaNodeFactory()).input(CsvTable.read("dyestuff", "Batch"));
    }

    private static NodeRun longitudinal() {
        return NodeRun.of(new LongitudinalMixedModelNodeFactory()).input(CsvTable.read("sleepstudy", "Subject"));
    }

    private static NodeRun marginal() {
        return NodeRun.of(new MarginalRepeatedMeasuresNodeFactory()).input(CsvTable.read("hetar1", "subject", "arm", "visit"))
            .set("subject", "subject").set("visit", "visit").set("time", "").set("structure", "UNSTRUCTURED")
            .set("fixedEffects", "baseline,arm,visit")
            .set("interactions", List.of(Map.of("first", "arm", "second", "visit")));
    }

    private static NodeRun multilevel() {
        return NodeRun.of(new MultilevelModelNodeFactory())
            .input(CsvTable.read("pastes", "batch", "cask", "sample")).set("response", "strength")
            .set("levels", List.of(Map.of("column", "batch"), Map.of("column", "cask")));
    }

    private static NodeRun empiricalBayes() {
        return NodeRun.of(new EmpiricalBayesShrinkageNodeFactory()).input(CsvTable.read("pumps", "pump"))
            .set("family", "POISSON_GAMMA").set("count", "failures").set("exposure", "time").set("ranks", "true");
    }

    /** A run of each node, made once. */
    private static final List<NodeRun> NODES = List.of(anova(), longitudinal(), marginal(), multilevel(),
        empiricalBayes());
    private static final List<NodeResult> RESULTS = NODES.stream().map(NodeRun::run).toList();

    private static IntStream nodes() {
        return IntStream.range(0, NODES.size());
    }

    private static ViewData data(final NodeResult result) {
        try {
            return (ViewData) result.node().initialData();
        } catch (final Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Picture picture(final NodeRun run) {
        return picture(run.run());
    }

    private static Picture picture(final NodeResult result) {
        assertTrue(result.isOk(), () -> result.error().orElse(""));
        final ViewData data = data(result);
        assertEquals("", data.problem());
        return data.picture();
    }

    private static Set<String> ids(final Picture picture) {
        return new HashSet<>(picture.charts().stream().map(Chart::id).toList());
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void showsAnOverviewAndChartsOfDifferentIds(final int node) {
        final Picture picture = picture(RESULTS.get(node));
        assertFalse(picture.overview().sentence().isBlank());
        assertTrue(picture.overview().sentence().matches("(?s).* by \\w+\\."), picture.overview().sentence());
        assertFalse(picture.overview().model().isBlank());
        final int figures = picture.overview().figures().size();
        assertTrue(figures >= 3 && figures <= 6, () -> figures + " figures");
        assertEquals(picture.charts().size(), ids(picture).size());
        picture.charts().forEach(chart -> {
            assertFalse(chart.title().isBlank(), chart.id());
            assertFalse(chart.caption().isBlank(), chart.id());
            assertTrue(chart.rows() > 0, chart.id());
        });
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void aSavedWorkflowShowsTheSameWithoutARun(final int node) throws Exception {
        final NodeResult result = RESULTS.get(node);
        final NodeInstance reopened = new NodeInstance(NODES.get(node).factory());
        reopened.open(result.node().internalData());
        final String before = Json.write(result.node().initialData());
        assertEquals(before, Json.write(reopened.initialData()));
        assertTrue(before.length() > 1_000);
    }

    @Test
    void everyNodeHasTheChartsThatItsModelAsksFor() {
        assertTrue(ids(picture(RESULTS.get(0))).containsAll(Set.of("caterpillar", "observations", "variance", "profile",
            "errors", "residuals", "quantiles: residuals", "quantiles: random effects")));
        assertTrue(ids(picture(RESULTS.get(1))).containsAll(Set.of("courses", "caterpillar: Subject, (Intercept)",
            "caterpillar: Subject, Days", "pairs: Subject, (Intercept), Days", "correlations: 308", "residuals")));
        assertTrue(ids(picture(marginal().set("compareStructures", "COMPOUND_SYMMETRY"))).containsAll(Set.of("courses",
            "means: arm at visit", "deviations", "structures", "residuals")));
        assertTrue(ids(picture(RESULTS.get(3))).containsAll(Set.of("variance", "errors",
            "caterpillar: batch, (Intercept)", "caterpillar: batch/cask, (Intercept)")));
        assertTrue(ids(picture(RESULTS.get(4))).containsAll(Set.of("shrinkage", "forest", "ranks", "prior", "funnel",
            "quantiles: residuals")));
    }

    @Test
    void beforeTheExecutionItSaysSo() throws Exception {
        final ViewData data = (ViewData) new NodeInstance(new RandomInterceptAnovaNodeFactory()).initialData();
        assertNull(data.picture());
        assertTrue(data.problem().startsWith("The node has not been executed"), data.problem());
    }

    @Test
    void resultsOfAnotherVersionAreNotGuessedAt() throws Exception {
        final NodeInstance node = new NodeInstance(new RandomInterceptAnovaNodeFactory());
        node.open(new TableBuilder().strings("Part", "VERSION").strings("Name", "").strings("Text", "")
            .strings("Units", "").doubles("Number", 0).doubles("Lower", 0).doubles("Upper", 0).build());
        final ViewData data = (ViewData) node.initialData();
        assertNull(data.picture());
        assertTrue(data.problem().contains("another version"), data.problem());
    }

    @Test
    void resultsThatCannotBeReadAreSaidInWords() throws Exception {
        final NodeInstance node = new NodeInstance(new RandomInterceptAnovaNodeFactory());
        node.open(new TableBuilder().doubles("Part", 1).build());
        final ViewData data = (ViewData) node.initialData();
        assertNull(data.picture());
        assertEquals("The saved results cannot be read. Execute the node again to see them.", data.problem());
    }

    @Test
    void settingsOfTheViewReachThePage() {
        final NodeResult result = anova().setView("topic", "ASSUMPTIONS").setView("scale", "STANDARD_DEVIATIONS")
            .setView("order", "NAME").setView("only", "A\n B \n\n").run();
        assertEquals(new ViewData.Options("ASSUMPTIONS", "STANDARD_DEVIATIONS", "NAME", List.of("A", "B")),
            data(result).options());
    }

    @Test
    void jsonIsTheSameInEveryLocale() {
        final Locale before = Locale.getDefault();
        final String expected = Json.write(data(RESULTS.get(1)));
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG"));
            assertEquals(expected, Json.write(data(longitudinal().run())));
        } finally {
            Locale.setDefault(before);
        }
    }

    /** 50,000 groups of two rows, with names of 300 characters that JSON has to escape. */
    @Test
    void largeResultsWithLongNamesStayWithinTwoMegabytes() {
        final int groups = 50_000;
        final Function<Integer, String> name = g -> g + "\u00e4\n".repeat(150);
        final String[] names = IntStream.range(0, 2 * groups).mapToObj(i -> name.apply(i / 2)).toArray(String[]::new);
        final double[] y = IntStream.range(0, 2 * groups)
            .mapToDouble(i -> Math.sin(i / 2) + 0.3 * Math.cos(1.7 * i)).toArray();
        final NodeResult result = NodeRun.of(new RandomInterceptAnovaNodeFactory())
            .input(new TableBuilder().strings("group", names).doubles("y", y).build()).run();
        final String json = Json.write(data(result));
        assertTrue(json.getBytes(StandardCharsets.UTF_8).length <= Picture.BYTES);
        final Picture picture = data(result).picture();
        picture.charts().forEach(c -> assertTrue(c.rows() <= Picture.MARKS, c.id()));
        final Chart caterpillar = picture.charts().get(0);
        assertTrue(caterpillar.shown().endsWith(" of 50,000 levels of group"), caterpillar.shown());
        final double[] means = caterpillar.columns().stream().filter(c -> c.role().equals("observed")).findFirst()
            .orElseThrow().numbers();
        assertEquals(IntStream.range(0, groups).mapToDouble(g -> (y[2 * g] + y[2 * g + 1]) / 2).max().orElseThrow(),
            means[means.length - 1], 1e-7);
    }

    @Test
    void aSingularFitAndAMethodWithoutLikelihoodAreShownToo() {
        final Picture singular = picture(NodeRun.of(new RandomInterceptAnovaNodeFactory())
            .input(CsvTable.read("dyestuff2", "Batch")));
        assertFalse(singular.overview().concerns().isEmpty());
        assertTrue(ids(singular).contains("caterpillar"));
        final Picture negative = picture(NodeRun.of(new RandomInterceptAnovaNodeFactory())
            .input(CsvTable.read("dyestuff2", "Batch")).set("method", "ANOVA"));
        assertFalse(ids(negative).contains("profile"));
        assertFalse(ids(negative).contains("caterpillar")); // nothing is predicted from a negative variance
        assertTrue(ids(negative).contains("residuals") || ids(negative).contains("errors"));
    }

    @Test
    void namesAreKeptAsTheyAre() {
        final String evil = "<img src=x onerror=alert(1)>";
        final String[] levels = {evil, evil, "</script>", "</script>", "b", "b", "c", "c"};
        final Picture picture = picture(NodeRun.of(new RandomInterceptAnovaNodeFactory()).input(new TableBuilder()
            .strings(evil, levels).doubles("</script>", 1, 2, 4, 5.5, 7, 6, 1, 0.5).build())
            .set("group", evil).set("response", "</script>"));
        final List<String> shown = picture.charts().get(0).columns().get(0).texts();
        assertEquals(new HashSet<>(Arrays.asList(levels)), new HashSet<>(shown));
        assertEquals(4, shown.size());
    }

    @Test
    void everyFactoryHasAView() {
        final List<DefaultNodeFactory> factories = List.of(new RandomInterceptAnovaNodeFactory(),
            new LongitudinalMixedModelNodeFactory(), new MarginalRepeatedMeasuresNodeFactory(),
            new MultilevelModelNodeFactory(), new EmpiricalBayesShrinkageNodeFactory());
        factories.forEach(f -> assertTrue(new NodeInstance(f).definition().view().isPresent(), f.getClass().getName()));
    }
}
