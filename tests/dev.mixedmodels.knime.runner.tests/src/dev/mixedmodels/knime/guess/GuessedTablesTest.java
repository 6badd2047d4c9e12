package dev.mixedmodels.knime.guess;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.knime.empiricalbayes.EmpiricalBayesShrinkageNodeFactory;
import dev.mixedmodels.knime.longitudinal.LongitudinalMixedModelNodeFactory;
import dev.mixedmodels.knime.marginal.MarginalRepeatedMeasuresNodeFactory;
import dev.mixedmodels.knime.multilevel.MultilevelModelNodeFactory;
import dev.mixedmodels.knime.oneway.RandomInterceptAnovaNodeFactory;
import dev.mixedmodels.knime.node.CsvTable;
import dev.mixedmodels.standin.run.InputContext;
import dev.mixedmodels.standin.run.NodeInstance;
import dev.mixedmodels.standin.run.NodeResult;
import dev.mixedmodels.standin.run.NodeRun;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.node.DefaultNodeFactory;

/** The guesses of every node for every table of tests/data, whether or not the table's domain is known. */
class GuessedTablesTest {
    private static final Map<String, BufferedDataTable> TABLES = new HashMap<>();

    private static BufferedDataTable table(final String file) {
        return TABLES.computeIfAbsent(file, CsvTable::typed);
    }

    /** Names and types only, as a reader that has not run hands them on. */
    private static DataTableSpec withoutDomain(final BufferedDataTable table) {
        return new DataTableSpec(table.getDataTableSpec().stream()
            .map(column -> new DataColumnSpecCreator(column.getName(), column.getType()).createSpec())
            .toArray(DataColumnSpec[]::new));
    }

    /** What a new node guesses for a table in execute: titles and values, without the sentence around them. */
    private static String guess(final DefaultNodeFactory factory, final BufferedDataTable table) throws Exception {
        final NodeInstance known = new NodeInstance(factory);
        known.guess(new InputContext(table.getDataTableSpec()));
        final NodeInstance unknown = new NodeInstance(factory);
        unknown.guess(new InputContext(withoutDomain(table)));
        assertEquals(known.settings(), unknown.settings(), "the domain changes the settings");
        final Guesses guesses = new Guesses(TableFacts.of(table, Progress.NONE));
        GuessedParameters.decide((GuessedParameters) unknown.parameters(), guesses);
        return guesses.warning().replaceAll("^Guessed, for nothing was chosen: |\\. Open the dialog to choose\\.$", "")
            .replace("\"", "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        bcg               | author  | yi
        bodyweight        | Rat     | weight
        chem97            | lea     | gcsecnt
        dyestuff          | Batch   | Yield
        dyestuff2         | Batch   | Yield
        egsingle          | childid | math
        eightschools      | school  | effect
        hetar1            | subject | y
        insteval          | s       | y
        orthodont         | Subject | distance
        ovary             | Mare    | follicles
        pastes            | batch   | strength
        pastes_unbalanced | batch   | strength
        penicillin        | plate   | diameter
        pumps             | pump    | failures
        rattumor          | experiment | rats
        sleepstudy        | Subject | Reaction
        """)
    void randomInterceptAnova(final String file, final String group, final String response) throws Exception {
        assertEquals("Group = " + group + "; Response = " + response,
            guess(new RandomInterceptAnovaNodeFactory(), table(file)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        bcg               | author  | yi        | year; Degree of each subject's own course = 0
        bodyweight        | Rat     | weight    | Time
        chem97            | lea     | gcsecnt   | age
        dyestuff          | Batch   | Yield     | none
        dyestuff2         | Batch   | Yield     | none
        egsingle          | childid | math      | year
        eightschools      | school  | effect    | none; Degree of each subject's own course = 0
        hetar1            | subject | y         | visit
        insteval          | s       | y         | none
        orthodont         | Subject | distance  | age
        ovary             | Mare    | follicles | Time
        pastes            | batch   | strength  | none
        pastes_unbalanced | batch   | strength  | none
        penicillin        | plate   | diameter  | none
        pumps             | pump    | failures  | time; Degree of each subject's own course = 0
        rattumor          | experiment | rats   | none; Degree of each subject's own course = 0
        sleepstudy        | Subject | Reaction  | Days
        """)
    void longitudinalMixedModel(final String file, final String subject, final String response, final String time)
        throws Exception {
        assertEquals("Subject = " + subject + "; Response = " + response + "; Time = " + time,
            guess(new LongitudinalMixedModelNodeFactory(), table(file)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        bcg               | author  | yi        | none  | year | alloc            | Compound symmetry
        bodyweight        | Rat     | weight    | Time  | none | Time             | Compound symmetry
        chem97            | school  | gcsecnt   | none  | age  | none             | Compound symmetry
        dyestuff          | Batch   | Yield     | none  | none | none             | Compound symmetry
        dyestuff2         | Batch   | Yield     | none  | none | none             | Compound symmetry
        egsingle          | childid | math      | none  | year | none             | Compound symmetry
        eightschools      | school  | effect    | none  | none | none             | Compound symmetry
        hetar1            | subject | y         | visit | none | arm, visit and baseline | Unstructured
        insteval          | s       | y         | none  | none | none             | Compound symmetry
        orthodont         | Subject | distance  | age   | none | age              | Unstructured
        ovary             | Mare    | follicles | none  | Time | none             | Compound symmetry
        pastes            | batch   | strength  | none  | none | none             | Compound symmetry
        pastes_unbalanced | batch   | strength  | none  | none | none             | Compound symmetry
        penicillin        | plate   | diameter  | none  | none | none             | Compound symmetry
        pumps             | pump    | failures  | none  | time | none             | Compound symmetry
        rattumor          | experiment | rats   | none  | none | none             | Compound symmetry
        sleepstudy        | Subject | Reaction  | Days  | none | Days             | Compound symmetry
        """)
    void marginalRepeatedMeasures(final String file, final String subject, final String response, final String visit,
        final String time, final String fixedEffects, final String structure) throws Exception {
        assertEquals("Subject = " + subject + "; Response = " + response + "; Visit = " + visit + (visit.equals("none") ? "; Time = " + time : "")
            + "; Fixed effects = " + fixedEffects + "; Covariance structure = " + structure,
            guess(new MarginalRepeatedMeasuresNodeFactory(), table(file)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        bcg               | author               | yi
        bodyweight        | Rat                  | weight
        chem97            | lea and school       | gcsecnt
        dyestuff          | Batch                | Yield
        dyestuff2         | Batch                | Yield
        egsingle          | schoolid and childid | math
        eightschools      | school               | effect
        hetar1            | subject              | y
        insteval          | d and s; Crossed = yes | y
        orthodont         | Subject              | distance
        ovary             | Mare                 | follicles
        pastes            | batch and sample     | strength
        pastes_unbalanced | batch and sample     | strength
        penicillin        | sample and plate; Crossed = yes | diameter
        pumps             | pump                 | failures
        rattumor          | experiment           | rats
        sleepstudy        | Subject              | Reaction
        """)
    void multilevelModel(final String file, final String levels, final String response) throws Exception {
        assertEquals("Levels = " + levels + "; Response = " + response,
            guess(new MultilevelModelNodeFactory(), table(file)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        bcg          | Unit = trial; Sampling variance = vi; Estimate = yi
        eightschools | Unit = school; Standard error = se; Estimate = effect
        pumps        | Unit = pump; Exposure = time; Count = failures
        rattumor     | Unit = experiment; Trials = rats; Successes = tumors
        """)
    void empiricalBayesShrinkage(final String file, final String guessed) throws Exception {
        assertEquals(guessed, guess(new EmpiricalBayesShrinkageNodeFactory(), table(file)));
    }

    @Test
    void aSamplingVarianceIsNotTakenForAStandardError() {
        final NodeResult result = NodeRun.of(new EmpiricalBayesShrinkageNodeFactory()).input(table("bcg"))
            .set("precision", "COLUMN").run();
        assertTrue(result.error().orElseThrow().contains("\"vi\" looks like a sampling variance: choose it under "
            + "\"Sampling variance\""), () -> result.error().orElseThrow());
    }

    @Test
    void everyTableOfRepeatedRowsRunsInEveryNodeForThem() {
        for (final String file : new String[] {"bcg", "bodyweight", "hetar1", "ovary", "penicillin"}) {
            for (final DefaultNodeFactory factory : new DefaultNodeFactory[] {new RandomInterceptAnovaNodeFactory(),
                new LongitudinalMixedModelNodeFactory(), new MarginalRepeatedMeasuresNodeFactory(),
                new MultilevelModelNodeFactory()}) {
                final NodeResult result = NodeRun.of(factory).input(table(file)).set("varianceIntervals", "NONE").run();
                assertTrue(result.isOk(), () -> file + " " + factory + " " + result.error().orElseThrow());
            }
        }
    }

    private static final String[] TIMES = {"id,Reaction time,Days", "1,249.5,0", "1,258.7,1", "1,250.8,2", "1,321.4,3",
        "2,222.7,0", "2,205.2,1", "2,202.9,2", "2,204.7,3", "3,199.0,0", "3,194.3,1", "3,234.3,2", "3,232.8,3",
        "4,321.5,0", "4,300.4,1", "4,283.8,2", "4,285.1,3"};

    private static String formula(final NodeRun run) {
        final NodeResult result = run.run();
        return result.view(4).text(result.view(4).row("Statistic", "Formula"), "Note");
    }

    @Test
    void aGuessIsNeverWhatIsChosen() {
        final BufferedDataTable table = CsvTable.typedLines(TIMES);
        assertTrue(formula(NodeRun.of(new LongitudinalMixedModelNodeFactory()).input(table)
            .set("response", "Reaction time").set("subject", "id"))
                .startsWith("`Reaction time` ~ Days + (1 + Days | id)"));
        assertTrue(formula(NodeRun.of(new LongitudinalMixedModelNodeFactory()).input(table))
            .startsWith("`Reaction time` ~ Days + (1 + Days | id)"));
        assertTrue(formula(NodeRun.of(new LongitudinalMixedModelNodeFactory()).input(table).set("time", "Days"))
            .startsWith("`Reaction time` ~ Days"));
        assertTrue(formula(NodeRun.of(new RandomInterceptAnovaNodeFactory()).input(table).set("response", "Days"))
            .startsWith("Days"));
    }

    @Test
    void aGuessIsNeverWhatStandsInTheFormulaInAnotherPart() {
        final BufferedDataTable table = CsvTable.typedLines(TIMES);
        assertTrue(formula(NodeRun.of(new LongitudinalMixedModelNodeFactory()).input(table)
            .set("modelSpecification", "FORMULA").set("formula", "`Reaction time` ~ Days + (Days|id)"))
                .startsWith("`Reaction time` ~ Days + (1 + Days | id)"));
        final BufferedDataTable crossed = CsvTable.typedLines("y,F1,F2", "1.5,1,1", "2.5,1,2", "2,2,1", "4,2,2", "3.5,3,1",
            "2.5,3,2", "7,4,1", "6,4,2");
        assertTrue(formula(NodeRun.of(new LongitudinalMixedModelNodeFactory()).input(crossed)
            .set("modelSpecification", "FORMULA").set("formula", "y ~ 1 + (1|F1)")).startsWith("y ~ 1 + (1 | F1)"));
        final BufferedDataTable plots = CsvTable.typedLines("A,plot,y,subject", "a,1,2.5,s1", "a,2,3,s2", "b,1,1.5,s3",
            "b,2,2.5,s4", "c,1,4,s5", "c,2,3,s6", "d,1,2,s7", "d,2,3.5,s8");
        assertTrue(formula(NodeRun.of(new MarginalRepeatedMeasuresNodeFactory()).input(plots).set("subject", "A")
            .set("visit", "plot")).startsWith("y ~ plot"));
    }

    /** Batch runs set a formula and may leave alone what the dialog would ask first. */
    @Test
    void aFormulaWithoutAResponseChosenIsTheModel() {
        for (final DefaultNodeFactory factory : new DefaultNodeFactory[] {new LongitudinalMixedModelNodeFactory(),
            new MultilevelModelNodeFactory(), new MarginalRepeatedMeasuresNodeFactory()}) {
            final boolean marginal = factory instanceof MarginalRepeatedMeasuresNodeFactory;
            final String model = marginal ? "y ~ 0 + arm" : "y ~ 0 + arm + (1 | subject)";
            final NodeRun run = NodeRun.of(factory).input(table("hetar1")).set("formula", model);
            assertTrue(formula(run).startsWith(model));
            assertTrue(run.run().warning().orElseThrow()
                .startsWith("Guessed, for nothing was chosen: Model from = Formula"));
            assertFalse(formula(run.set("response", "y")).startsWith(model), "made of columns");
        }
    }

    @Test
    void allThatWasGuessedStandsInOneWarningAndInTheErrorThatItMayHaveLedTo() {
        final NodeResult ok = NodeRun.of(new LongitudinalMixedModelNodeFactory()).input(CsvTable.typedLines(TIMES))
            .set("subject", "id").run();
        assertTrue(ok.warning().orElseThrow().startsWith("Guessed, for nothing was chosen: Response = \"Reaction "
            + "time\"; Time = \"Days\". Open the dialog to choose."), () -> ok.warning().orElseThrow());
        final NodeResult failed = NodeRun.of(new RandomInterceptAnovaNodeFactory()).input(table("pumps")).run();
        assertTrue(failed.error().orElseThrow().contains("Guessed, for nothing was chosen: Group = \"pump\""));
        final NodeResult chosen = NodeRun.of(new LongitudinalMixedModelNodeFactory()).input(CsvTable.typedLines(TIMES))
            .set("subject", "id").set("response", "Reaction time").set("time", "").run();
        assertFalse(chosen.warning().orElse("").contains("Guessed"));
    }

    @Test
    void whatIsStoredStaysUndecidedSoThatALaterTableIsGuessedAnew() {
        final NodeResult result =
            NodeRun.of(new RandomInterceptAnovaNodeFactory()).input(table("dyestuff")).run();
        assertEquals(Set.of("response", "group"), Set.copyOf(result.settings().entrySet().stream()
            .filter(entry -> entry.getValue() == null).map(Map.Entry::getKey).toList()));
        assertEquals(4, Stream.of("orthodont", "hetar1", "bodyweight", "pastes")
            .filter(file -> NodeRun.of(new RandomInterceptAnovaNodeFactory()).settings(result.settings())
                .input(table(file)).run().isOk()).count());
    }
}
