package dev.mixedmodels.knime.model;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortUtil;

import dev.mixedmodels.knime.empiricalbayes.EmpiricalBayesShrinkageNodeFactory;
import dev.mixedmodels.knime.longitudinal.LongitudinalMixedModelNodeFactory;
import dev.mixedmodels.knime.marginal.MarginalRepeatedMeasuresNodeFactory;
import dev.mixedmodels.knime.multilevel.MultilevelModelNodeFactory;
import dev.mixedmodels.knime.node.CsvTable;
import dev.mixedmodels.knime.oneway.RandomInterceptAnovaNodeFactory;
import dev.mixedmodels.standin.progress.ProgressState;
import dev.mixedmodels.standin.run.NodeResult;
import dev.mixedmodels.standin.run.NodeRun;

/** Fits for tests of what is done with their models. */
public final class Models {
    private Models() {
    }

    /** A table and the run of a node on it. */
    public record Fit(BufferedDataTable table, NodeResult result) {
        /** The table of fitted values. */
        public BufferedDataTable fittedValues() {
            return result.table(5);
        }

        /** The model, the last output. */
        public MixedModelPortObject model() {
            return Models.of(result);
        }
    }

    /** Every node on a table, by what is special about the fit. */
    public static Map<String, Fit> all() {
        final Map<String, Fit> fits = new LinkedHashMap<>();
        fits.put("random intercept", fit(CsvTable.read("dyestuff", "Batch"),
            NodeRun.of(new RandomInterceptAnovaNodeFactory())));
        fits.put("longitudinal", fit(CsvTable.read("sleepstudy", "Subject"), quick(NodeRun.of(
            new LongitudinalMixedModelNodeFactory()))));
        fits.put("longitudinal with variances", fit(CsvTable.read("orthodont", "Subject", "Sex"), quick(NodeRun.of(
            new LongitudinalMixedModelNodeFactory())).set("modelSpecification", "FORMULA")
                .set("formula", "log(distance) ~ age * Sex + I(age^2) + (1 + age | Subject)").set("subject", "Subject")
                .set("time", "age").set("residualVarianceBy", "Sex").set("dfMethod", "KENWARD_ROGER")));
        fits.put("marginal", fit(CsvTable.read("hetar1", "subject", "arm", "visit"), marginal()
            .set("structure", "HETEROGENEOUS_AR1").set("subject", "subject").set("visit", "visit")));
        fits.put("marginal by time", fit(CsvTable.read("hetar1", "subject", "arm"), marginal()
            .set("structure", "CONTINUOUS_AR1").set("subject", "subject").set("time", "visit").set("visit", "")));
        fits.put("multilevel", fit(CsvTable.read("egsingle", "schoolid", "childid", "female"), quick(NodeRun.of(
            new MultilevelModelNodeFactory())).set("response", "math").set("fixedEffects", "year")
                .set("levels", "[{\"column\": \"schoolid\", \"slopes\": [\"year\"]}, {\"column\": \"childid\"}]")
                .set("centering", "[{\"column\": \"year\", \"mode\": \"WITHIN_AND_BETWEEN\", \"level\": \"schoolid\"}]")));
        fits.put("multilevel of one level", fit(CsvTable.read("sleepstudy", "Subject"), quick(NodeRun.of(
            new MultilevelModelNodeFactory())).set("response", "Reaction").set("fixedEffects", "Days")
                .set("levels", "[{\"column\": \"Subject\", \"slopes\": [\"Days\"]}]")
                .set("centering", "[{\"column\": \"Days\", \"mode\": \"GRAND_MEAN\"}]")));
        fits.put("crossed", fit(CsvTable.read("penicillin", "plate", "sample"), quick(NodeRun.of(
            new MultilevelModelNodeFactory())).set("modelSpecification", "FORMULA")
                .set("formula", "diameter ~ 1 + (1 | plate) + (1 | sample)")));
        fits.put("empirical Bayes", fit(CsvTable.read("eightschools", "school"), NodeRun.of(new EmpiricalBayesShrinkageNodeFactory())
            .set("unit", "school").set("estimate", "effect").set("standardError", "se")));
        fits.put("empirical Bayes of counts", fit(CsvTable.read("pumps", "pump"), NodeRun.of(
            new EmpiricalBayesShrinkageNodeFactory()).set("family", "POISSON_GAMMA").set("count", "failures")
                .set("exposure", "time")));
        fits.put("empirical Bayes with a covariate", fit(CsvTable.read("bcg_effects", "trial", "author"), NodeRun.of(
            new EmpiricalBayesShrinkageNodeFactory()).set("unit", "trial").set("estimate", "yi").set("standardError", "sei")
                .set("covariates", "ablat")));
        return fits;
    }

    private static NodeRun quick(final NodeRun run) {
        return run.set("varianceIntervals", "NONE").set("randomTests", false);
    }

    private static NodeRun marginal() {
        return NodeRun.of(new MarginalRepeatedMeasuresNodeFactory()).set("response", "y").set("fixedEffects", "baseline,arm,visit")
            .set("interactions", "[{\"first\": \"arm\", \"second\": \"visit\"}]").set("varianceIntervals", "NONE");
    }

    /** Runs a node, which must succeed. */
    public static Fit fit(final BufferedDataTable table, final NodeRun run) {
        final NodeResult result = run.input(table).run();
        assertTrue(result.isOk(), () -> result.error().orElse(""));
        return new Fit(table, result);
    }

    /** The model of a run, its last output. */
    public static MixedModelPortObject of(final NodeResult result) {
        return (MixedModelPortObject) result.output(result.outputs().size() - 1);
    }

    /** Writes and reads it as a Model Writer and a Model Reader do. */
    public static MixedModelPortObject storedAndLoaded(final MixedModelPortObject model) throws Exception {
        return (MixedModelPortObject) PortUtil.readObjectFromStream(new ByteArrayInputStream(bytes(model)), monitor());
    }

    /** As a Model Writer writes it. */
    static byte[] bytes(final PortObject model) throws Exception {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        PortUtil.writeObjectToStream(model, out, monitor());
        return out.toByteArray();
    }

    static ExecutionMonitor monitor() {
        return new ExecutionMonitor(new ProgressState((progress, message) -> { }));
    }
}
