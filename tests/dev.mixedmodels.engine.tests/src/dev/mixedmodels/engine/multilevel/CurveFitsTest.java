package dev.mixedmodels.engine.multilevel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.design.StoredDesign;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.NominalColumn;
import dev.mixedmodels.engine.frame.NumericColumn;
import dev.mixedmodels.engine.model.ModelFile;
import dev.mixedmodels.engine.model.ModelFit;
import dev.mixedmodels.engine.prediction.Census;
import dev.mixedmodels.engine.prediction.Prediction;
import dev.mixedmodels.engine.prediction.PredictionSettings;
import dev.mixedmodels.engine.prediction.Predictors;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.MeansRow;
import dev.mixedmodels.engine.testing.Figures;
import dev.mixedmodels.engine.testing.TestData;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Models with curves, scaled columns, factors of numbers and offsets, against lme4, lmerTest and emmeans. */
final class CurveFitsTest {
    /** New rows, which lack the response, follow those of the table. */
    private static final Map<String, Map<String, List<String>>> NEW = Map.of(
        "sleepstudy", Map.of("Days", List.of("0", "2.5", "9", "12"), "Subject", List.of("308", "308", "308", "308")),
        "orthodont", Map.of("age", List.of("7", "9", "11", "14", "16"), "Sex",
            List.of("Male", "Female", "Male", "Female", "Male"), "Subject",
            List.of("M01", "M01", "M01", "M01", "M01")));

    record Reference(String data, String formula, Map<String, double[]> figures) {
    }

    static Stream<Reference> fits() throws IOException {
        final List<Reference> fits = new ArrayList<>();
        for (final String line : Files.readAllLines(TestData.folder().resolve("reference/curve_fits.txt"))) {
            final String[] parts = line.split(" \\| ", 3);
            if (parts[0].equals("fit")) {
                fits.add(new Reference(parts[1], parts[2], new LinkedHashMap<>()));
            } else if (!line.startsWith("#")) {
                fits.get(fits.size() - 1).figures.put(parts[0],
                    Arrays.stream(parts[1].split(" ")).mapToDouble(Double::parseDouble).toArray());
            }
        }
        return fits.stream();
    }

    /** The table, and below it the new rows if there are some in it. */
    private static Frame frame(final Reference reference, final boolean withNew, final boolean newOnly) {
        final TestData data = TestData.read(reference.data);
        final List<Column> columns = new ArrayList<>();
        int rows = 0;
        for (final String name : data.names()) {
            final int added = NEW.get(reference.data).values().iterator().next().size();
            final List<String> cells = newOnly ? new ArrayList<>() : new ArrayList<>(Arrays.asList(data.strings(name)));
            for (int i = 0; withNew && i < added; i++) {
                final List<String> values = NEW.get(reference.data).get(name);
                // lme4 predicts at the ages of the table only where age is a factor
                cells.add(values == null ? "" : reference.formula.contains("factor(age)")
                    ? List.of("14", "Female", "M01").get(List.of("age", "Sex", "Subject").indexOf(name))
                    : values.get(i));
            }
            rows = cells.size();
            columns.add(name.equals("Subject") || name.equals("Sex") ? NominalColumn.of(name, cells)
                : new NumericColumn(name, cells.stream()
                    .mapToDouble(cell -> cell.isEmpty() ? Double.NaN : Double.parseDouble(cell)).toArray()));
        }
        return new Frame(rows, columns);
    }

    private static void assertClose(final String what, final double[] expected, final double[] actual,
        final double[] tolerance) {
        assertEquals(expected.length, actual.length, what);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], tolerance[i], what + " " + i);
        }
    }

    private static double[] relative(final double part, final double[] sizes) {
        return Arrays.stream(sizes).map(size -> part * size).toArray();
    }

    @ParameterizedTest
    @MethodSource("fits")
    void figuresAreThoseOfLme4(final Reference reference) {
        final Map<String, double[]> figures = reference.figures;
        final Frame frame = frame(reference, true, false);
        final Warnings warnings = new Warnings();
        final ModelFit fit = Fits.fit(reference.formula, frame, Fits.QUICK, DesignOptions.DEFAULT, warnings);
        final double criterion = figures.get("criterion")[0];
        assertEquals(criterion, Fits.statistic(fit, "-2 Log Likelihood").value(), 1e-9 * Math.abs(criterion));
        final double[] errors = figures.getOrDefault("errors", new double[0]);
        assertClose("estimate", figures.getOrDefault("estimates", new double[0]),
            fit.tables().fixedEffects().stream().mapToDouble(row -> row.estimate()).toArray(), relative(1e-6, errors));
        assertClose("error", errors, fit.tables().fixedEffects().stream().mapToDouble(row -> row.stdError()).toArray(),
            relative(1e-5, errors));
        // lme4's optimiser stops where the criterion has no more digits, at about their root
        final double[] covariances = figures.get("covariances");
        final double residual = covariances[covariances.length - 1];
        assertEquals(residual, Fits.parameter(fit, "Residual", "Var(Residual)").estimate(), 1e-5 * residual);
        final double[] predictions = figures.get("predictions");
        final int known = frame.rows() - predictions.length;
        final double[] near = relative(2e-5, DoubleStream.generate(() -> Math.sqrt(residual)).limit(predictions.length)
            .toArray());
        final double[] marginal = new double[predictions.length];
        final double[] conditional = new double[predictions.length];
        for (int i = 0; i < predictions.length; i++) {
            marginal[i] = Figures.fittedValues(fit).apply(known + i).marginal();
            conditional[i] = Figures.fittedValues(fit).apply(known + i).conditional();
        }
        assertClose("prediction", predictions, marginal, near);
        assertClose("prediction of a unit", figures.get("units"), conditional, near);
        checkStored(reference, fit, marginal);
        checkPredictor(reference, fit, near);
        checkTests(reference, fit);
    }

    /** The model from its file predicts the new rows by themselves, and says which of them a B-spline does not reach. */
    private static void checkPredictor(final Reference reference, final ModelFit fit, final double[] near) {
        final ByteArrayOutputStream file = new ByteArrayOutputStream();
        final Census census = new Census();
        final IntFunction<Prediction> predicted;
        try {
            ModelFile.write(fit.model().get(), file);
            predicted = Predictors.of(ModelFile.read(new ByteArrayInputStream(file.toByteArray())),
                new PredictionSettings(PredictionSettings.Effects.ALL, "", 0.95, false))
                .predict(frame(reference, true, true), census, Progress.NONE);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        final double[] units = reference.figures.get("units");
        for (int i = 0; i < units.length; i++) {
            final Prediction prediction = predicted.apply(i);
            assertEquals(reference.figures.get("predictions")[i], prediction.marginal(), near[i]);
            assertEquals(units[i], prediction.value(), near[i]);
        }
        final Warnings warnings = new Warnings();
        census.report(warnings);
        assertEquals(reference.formula.contains("bs(")
            ? List.of("1 row outside of the outer knots of bs(Days, 4), 0 and 9: "
            + "its outer pieces go on there, and predictions soon go astray.") : List.of(), warnings.list());
    }

    /** What was stored says the same of the new rows by themselves. */
    private static void checkStored(final Reference reference, final ModelFit fit, final double[] expected) {
        final ModelDesign design = StoredDesign.of(fit.design()).bind(frame(reference, true, true));
        final double[] beta = fit.tables().fixedEffects().stream().mapToDouble(row -> row.estimate()).toArray();
        for (int i = 0; i < expected.length; i++) {
            final double[] x = new double[beta.length];
            design.fixed().row(i, x);
            double mean = design.fixed().offset().value(i) * design.responseUnit();
            for (int j = 0; j < x.length; j++) {
                mean += x[j] * beta[j];
            }
            assertEquals(expected[i], mean, 1e-9 * Math.abs(expected[i]));
        }
        assertEquals(Formula.parse(reference.formula), design.formula());
    }

    private static void checkTests(final Reference reference, final ModelFit fit) {
        final Map<String, double[]> figures = reference.figures;
        if (!figures.containsKey("means")) {
            return;
        }
        final List<MeansRow> means = new ArrayList<>();
        fit.tables().means().forEach(row -> {
            if (row.type().equals("Mean") && row.term().equals("Sex")) {
                means.add(row);
            }
        });
        assertClose("mean", figures.get("means"), means.stream().mapToDouble(MeansRow::estimate).toArray(),
            relative(1e-6, figures.get("meanerrors")));
        assertClose("its error", figures.get("meanerrors"), means.stream().mapToDouble(MeansRow::stdError).toArray(),
            relative(1e-5, figures.get("meanerrors")));
        final List<FitStatisticRow> tests =
            fit.tables().modelFit().stream().filter(row -> row.statistic().startsWith("Fixed ")).toList();
        assertClose("F", figures.get("F"), tests.stream().mapToDouble(FitStatisticRow::value).toArray(),
            relative(1e-5, figures.get("F")));
        assertClose("numerator", figures.get("numdf"), tests.stream().mapToDouble(FitStatisticRow::numDf).toArray(),
            new double[tests.size()]);
        assertClose("denominator", figures.get("dendf"), tests.stream().mapToDouble(FitStatisticRow::denDf).toArray(),
            relative(1e-3, figures.get("dendf")));
    }
}
