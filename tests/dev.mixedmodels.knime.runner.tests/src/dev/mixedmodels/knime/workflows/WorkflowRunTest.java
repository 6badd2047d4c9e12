package dev.mixedmodels.knime.workflows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.knime.workflows.Workflows.Workflow;
import dev.mixedmodels.standin.run.NodeResult;
import dev.mixedmodels.standin.run.TableView;
import dev.mixedmodels.workflows.ExpectedTable;
import dev.mixedmodels.workflows.LoadedWorkflow;
import dev.mixedmodels.workflows.WorkflowDescription.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our nodes of every workflow run with its settings on its data and find what the reference fits found. */
class WorkflowRunTest {
    private static final int FIXED = 0;
    private static final int UNITS = 2;
    private static final int FIT = 4;

    private static Stream<Workflow> workflows() throws IOException {
        return Workflows.all();
    }

    private static Stream<Workflow> regressions() throws IOException {
        return Workflows.all().filter(workflow -> workflow.set().equals("regression"));
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void everyNodeOfOursRunsAndAgreesWithItsReference(final Workflow workflow) throws Exception {
        final LoadedWorkflow loaded = workflow.load();
        int compared = 0;
        for (final Node node : workflow.description().nodes()) {
            if (Workflows.KINDS.ours().contains(node.type())) {
                final NodeResult result = loaded.run(workflow.description().id(node.name()));
                assertTrue(result.isOk(), () -> node.name() + ": " + result.error().orElse(""));
                assertTrue(result.warning().filter(text -> text.contains("Guessed")).isEmpty());
                if (!node.reference().isEmpty()) {
                    compared++;
                    agree(node, result, new ReferenceFigures(node.reference()));
                }
            }
        }
        assertTrue(compared > 0, "nothing is compared");
    }

    /** Tolerances as for all reference fits: -2 log likelihood 1e-9, estimates 1e-6, standard errors and units 1e-5. */
    private static void agree(final Node node, final NodeResult result, final ReferenceFigures reference) {
        if (node.type().equals("Empirical Bayes Shrinkage")) {
            final double[] expected = reference.posteriorMeans();
            final double[] means = result.view(UNITS).numbers("Posterior Mean");
            assertEquals(expected.length, means.length);
            for (int i = 0; i < means.length; i++) {
                assertEquals(expected[i], means[i], 1e-5 * Math.abs(expected[i]), node.name() + ", unit " + i);
            }
            return;
        }
        final TableView fixed = result.view(FIXED);
        final Map<String, double[]> found = new LinkedHashMap<>();
        for (int row = 0; row < fixed.rows(); row++) {
            found.put(ReferenceFigures.sorted(fixed.text(row, "Term")),
                new double[] {fixed.number(row, "Estimate"), fixed.number(row, "Std. Error")});
        }
        final Map<String, double[]> expected = reference.fixedEffects();
        assertEquals(expected.keySet(), found.keySet());
        expected.forEach((term, figures) -> {
            assertEquals(figures[0], found.get(term)[0], 1e-6 * Math.max(Math.abs(figures[0]), figures[1]), term);
            assertEquals(figures[1], found.get(term)[1], 1e-5 * figures[1], term);
        });
        final TableView fit = result.view(FIT);
        final double deviance = reference.minusTwoLogLikelihood().orElseThrow();
        assertEquals(deviance, fit.number(fit.row("Statistic", "-2 Log Likelihood"), "Value"),
            1e-9 * Math.max(1, Math.abs(deviance)));
    }

    /** The platform's test runner takes a warning that nobody has announced for a failure. */
    @ParameterizedTest
    @MethodSource("regressions")
    void noNodeOfARegressionWorkflowWarns(final Workflow workflow) throws Exception {
        final LoadedWorkflow loaded = workflow.load();
        for (final Node node : workflow.description().nodes()) {
            assertTrue(!node.type().equals("CSV Writer"), "nor may anything be written");
            if (Workflows.KINDS.ours().contains(node.type())) {
                assertEquals(Optional.empty(), loaded.run(workflow.description().id(node.name())).warning());
            }
        }
    }

    /**
     * The two inputs of each Table Difference Finder are equal after rounding, and stay so if a last digit moves; no
     * column that could be compared is left out of the fixed effects.
     */
    @ParameterizedTest
    @MethodSource("regressions")
    void whatTheDifferenceFindersCompareIsEqual(final Workflow workflow) throws Exception {
        final LoadedWorkflow loaded = workflow.load();
        int compared = 0;
        for (final Node expected : workflow.description().nodes()) {
            if (expected.holds().isPresent()) {
                final String port = expected.holds().get().port();
                final NodeResult result = loaded.run(workflow.description().id(expected.holds().get().node()));
                final int index = result.node().definition().outputs().stream().map(output -> output.name()).toList()
                    .indexOf(port);
                final TableView table = result.view(index);
                final List<String> lines =
                    Files.readAllLines(loaded.file(workflow.description().id(expected.name())));
                assertEquals(table.rows(), lines.size() - 1);
                for (final String column : columnsCompared(workflow, port)) {
                    final int cell = List.of(lines.get(0).split(",")).indexOf(column);
                    for (int row = 0; row < table.rows(); row++) {
                        final double number = table.number(row, column);
                        final double there = Double.parseDouble(cells(lines.get(row + 1)).get(cell));
                        assertEquals(there, ExpectedTable.rounded(number, 6), column);
                        assertEquals(there, ExpectedTable.rounded(number * (1 + 1e-10), 6), column + " is on an edge");
                        assertEquals(there, ExpectedTable.rounded(number * (1 - 1e-10), 6), column + " is on an edge");
                        compared++;
                    }
                }
                if (port.equals("Fixed effects")) {
                    assertEquals(ExpectedTable.numbers(table), columnsCompared(workflow, port));
                }
            }
        }
        assertTrue(compared > 0);
    }

    private static List<String> columnsCompared(final Workflow workflow, final String port) {
        final Node finder = workflow.description().nodes().stream().filter(
            node -> node.name().equals("Differences in " + port.toLowerCase(Locale.ROOT))).findFirst().orElseThrow();
        return List.of(finder.settings().get("columns").split(", "));
    }

    private static List<String> cells(final String line) {
        return List.of(line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1));
    }
}
