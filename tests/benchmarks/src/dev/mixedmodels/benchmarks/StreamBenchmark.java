package dev.mixedmodels.benchmarks;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.RowNames;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.empiricalbayes.Family;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Blocks;
import dev.mixedmodels.engine.frame.Fold;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.IntegerColumn;
import dev.mixedmodels.engine.frame.MissingValues;
import dev.mixedmodels.engine.frame.NumericColumn;
import dev.mixedmodels.engine.frame.RowSource;
import dev.mixedmodels.engine.longitudinal.LongitudinalFit;
import dev.mixedmodels.engine.longitudinal.LongitudinalModel;
import dev.mixedmodels.engine.longitudinal.LongitudinalSettings;
import dev.mixedmodels.engine.marginal.MarginalModel;
import dev.mixedmodels.engine.marginal.MarginalSettings;
import dev.mixedmodels.engine.model.FittedPart;
import dev.mixedmodels.engine.model.ModelFit;
import dev.mixedmodels.engine.multilevel.ModelSpecification;
import dev.mixedmodels.engine.multilevel.MultilevelModel;
import dev.mixedmodels.engine.multilevel.MultilevelSettings;
import dev.mixedmodels.engine.oneway.GroupedRows;
import dev.mixedmodels.engine.oneway.RandomInterceptModel;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings;
import dev.mixedmodels.engine.result.BlupRow;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.ModelTables;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Models of tables that are never in memory: rows come from a generator. Seconds of processor time and of the clock of
 * fit, tables and fitted values, those of a pass that only makes the rows, and the largest heap after a collection.
 * Arguments: {@code oneway}, {@code intercept}, {@code slope}, {@code correlated} (continuous AR(1) residuals, whose rows
 * are kept), {@code nested} (ten units in each of a level above) or {@code crossed} (with one of a hundred others), whose
 * units come in random order, or {@code visits} or {@code predicted}, whose subjects come one after the other,
 * three of four with all ten visits and one with six, in {@code predicted} with predictions of the other four, or
 * {@code estimates}, {@code regression} or {@code counts}, where a row is a unit; number of units (10^5; not for visits,
 * and where rows are units); numbers of rows (10^6 10^7 10^8). With {@code HEAP=2g} before the command the heap is that
 * large.
 */
public final class StreamBenchmark {
    private static final int WARM_UP = 300_000;
    private static final int CROSSED = 100;
    private static final double SECOND = 1e-9;
    private static final double MEGABYTE = 1 << 20;

    private static double heap;

    private StreamBenchmark() {
    }

    /** Makes rows of a table. */
    private interface RowMaker {
        Frame block(long from, int size);
    }

    /** Made anew in each pass. */
    private record Generated(long rows, RowMaker maker) implements RowSource {
        @Override
        public Frame header() {
            return block(0, 0);
        }

        @Override
        public RowNames rowNames() {
            return RowNames.NUMBERS;
        }

        @Override
        public <F extends Fold<F>> F fold(final F sums, final Progress progress) {
            return Blocks.fold(blocks(), sums, progress);
        }

        Iterator<Frame> blocks() {
            return LongStream.iterate(0, from -> from < rows, from -> from + BLOCK)
                .mapToObj(from -> block(from, (int) Math.min(BLOCK, rows - from))).iterator();
        }

        @Override
        public Frame frame(final Progress progress) {
            throw new UnsupportedOperationException("the rows are never in memory");
        }

        private Frame block(final long from, final int size) {
            return maker.block(from, size);
        }
    }

    /** y = 5 + 0.5 x + the intercepts of a unit, of ten and of a crossed one c + the unit's slope + error. */
    private record Units(int units) implements RowMaker {
        @Override
        public Frame block(final long from, final int size) {
            final SplittableRandom random = new SplittableRandom(from);
            final long[] unit = new long[size];
            final long[] ten = new long[size];
            final long[] crossed = new long[size];
            final double[] x = new double[size];
            final double[] y = new double[size];
            final double[] t = new double[size];
            for (int i = 0; i < size; i++) {
                t[i] = (double) (from + i) / units;
                unit[i] = random.nextInt(units);
                crossed[i] = (from + i) % CROSSED;
                x[i] = (random.nextInt() & 15) - 7;
                ten[i] = unit[i] / 10;
                final double intercept = wave(unit[i] * 0.618) + 0.5 * wave(ten[i] * 0.732)
                    + 0.2 * wave(crossed[i] * 0.303);
                final double slope = 0.3 * wave(unit[i] * 0.414);
                y[i] = 5 + intercept + (0.5 + slope) * x[i] + random.nextDouble() + random.nextDouble() - 1;
            }
            return new Frame(size, List.of(new NumericColumn("y", y), new NumericColumn("x", x), new NumericColumn("t", t),
                new IntegerColumn("g", unit, new BitSet()), new IntegerColumn("h", ten, new BitSet()),
                new IntegerColumn("c", crossed, new BitSet())));
        }
    }

    /** A number between -1 and 1. */
    static double wave(final double x) {
        return 2 * (x - Math.floor(x)) - 1;
    }

    /** Looks at every row. */
    private static final class Sum implements Fold<Sum> {
        private static final long serialVersionUID = 1L;
        private double sum;

        @Override
        public Sum fresh() {
            return new Sum();
        }

        @Override
        public void add(final Frame block) {
            for (int row = 0; row < block.rows(); row++) {
                sum += block.column("y").value(row);
            }
        }

        @Override
        public void merge(final Sum later) {
            sum += later.sum;
        }
    }

    /**
     * @param arguments see the class
     */
    public static void main(final String[] arguments) {
        final String model = arguments.length > 0 ? arguments[0] : "slope";
        final int units = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100_000;
        final long[] sizes = arguments.length > 2 ? Arrays.stream(arguments).skip(2).mapToLong(Long::parseLong).toArray()
            : new long[] {1_000_000, 10_000_000, 100_000_000};
        run(model, new Generated(WARM_UP, maker(model, Math.min(units, WARM_UP / 10))));
        System.out.printf(Locale.ROOT, "%s, heap %.0f MB%n", model, Runtime.getRuntime().maxMemory() / MEGABYTE);
        System.out.println("rows       cpu s   wall s  rows only: cpu  heap of the fit, MB  result");
        for (final long rows : sizes) {
            final Generated source = new Generated(rows, maker(model, units));
            System.gc();
            final double[] bare = clock();
            source.fold(new Sum(), Progress.NONE);
            final double[] start = clock();
            final String result = run(model, source);
            final double[] end = clock();
            System.out.printf(Locale.ROOT, "%-10d %-7.1f %-7.1f %-15.1f %-20.0f %s%n", rows, end[0] - start[0],
                end[1] - start[1], start[0] - bare[0], heap, result);
        }
    }

    private static RowMaker maker(final String model, final int units) {
        return switch (model) {
            case "visits", "predicted" -> StreamedVisits::block;
            case "estimates", "regression", "counts" -> StreamedUnits::block;
            default -> new Units(units);
        };
    }

    private static double[] clock() {
        final var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new double[] {system.getProcessCpuTime() * SECOND, System.nanoTime() * SECOND};
    }

    /** Remembers the heap that is in use while a fit is. */
    private static void measureHeap() {
        System.gc();
        final Runtime runtime = Runtime.getRuntime();
        heap = (runtime.totalMemory() - runtime.freeMemory()) / MEGABYTE;
    }

    private static String run(final String model, final Generated source) {
        return switch (model) {
            case "oneway" -> oneWay(source);
            case "slope" -> longitudinal(source, "y ~ x + (x | g)", ResidualStructure.INDEPENDENT);
            case "correlated" -> longitudinal(source, "y ~ x + (1 | g)", ResidualStructure.CONTINUOUS_AR1);
            case "crossed" -> multilevel(source, "y ~ x + (1 | g) + (1 | c)");
            case "nested" -> multilevel(source, "y ~ x + (1 | h/g)");
            case "visits" -> marginal(source, "y ~ arm * factor(visit) + x");
            case "predicted" -> marginal(source, "y ~ arm * factor(visit)");
            case "intercept" -> longitudinal(source, "y ~ x + (1 | g)", ResidualStructure.INDEPENDENT);
            case "estimates" -> units(source, Family.GAUSSIAN, false);
            case "regression" -> units(source, Family.GAUSSIAN, true);
            case "counts" -> units(source, Family.POISSON_GAMMA, false);
            default -> throw new IllegalArgumentException(model);
        };
    }

    private static String units(final Generated source, final Family family, final boolean covariate) {
        final double[] most = {0};
        final String found = new StreamedUnits(family, covariate).run(source, source.blocks(), () -> {
            measureHeap();
            most[0] = heap;
        });
        heap = most[0];
        return found;
    }

    private static String oneWay(final Generated source) {
        final GroupedRows rows = source.fold(new GroupedRows("y", "g", null, MissingValues.OMIT_ROWS), Progress.NONE);
        final Warnings warnings = new Warnings();
        measureHeap();
        return RandomInterceptModel.fit(RandomInterceptSettings.of("y", "g", RandomInterceptSettings.Method.REML),
            rows.data(warnings), Progress.NONE, warnings).tables().covarianceParameters().stream()
            .map(row -> String.format(Locale.ROOT, "%s %.8f", row.parameter(), row.estimate()))
            .collect(Collectors.joining(", "));
    }

    private static String longitudinal(final Generated source, final String formula, final ResidualStructure residuals) {
        final Warnings warnings = new Warnings();
        final String time = residuals == ResidualStructure.INDEPENDENT ? null : "t";
        final LongitudinalFit fit = LongitudinalModel.fit(LongitudinalSettings.of(Formula.parse(formula))
            .withResidual(residuals, time, null), source, Progress.NONE, warnings);
        final ModelTables tables = fit.tables(Progress.NONE, warnings);
        final String found = tables.covarianceParameters().stream()
            .filter(row -> row.parameter().startsWith("Var"))
            .map(row -> String.format(Locale.ROOT, "%s %.8f", row.parameter(), row.estimate()))
            .collect(Collectors.joining(", "));
        return String.format(Locale.ROOT, "%s, mean square of normalised residuals %.6f, -2 log likelihood %.3f, %s",
            found, meanSquare(fit.fittedRows(true), source), fit.criterion(), memory(tables));
    }

    private static String multilevel(final Generated source, final String formula) {
        final ModelFit fit = MultilevelModel.fit(
            MultilevelSettings.of(new ModelSpecification.ByFormula(Formula.parse(formula))), source, Progress.NONE, new Warnings());
        final String found = fit.tables().covarianceParameters().stream()
            .map(row -> String.format(Locale.ROOT, "%s %s %.8f", row.group(), row.parameter(), row.estimate()))
            .collect(Collectors.joining(", "));
        return String.format(Locale.ROOT, "%s, mean square of normalised residuals %.6f, %s", found,
            meanSquare(fit.parts().begin(true), source), memory(fit.tables()));
    }

    /** What the model says of its memory. */
    private static String memory(final ModelTables tables) {
        return tables.modelFit().stream().filter(row -> row.statistic().equals("Rows Used")).findFirst().orElseThrow().note();
    }

    private static String marginal(final Generated source, final String formula) {
        final Warnings warnings = new Warnings();
        final ModelFit fit = MarginalModel.fit(MarginalSettings.of(Formula.parse(formula),
            new MarginalSettings.Layout("g", "visit", null, null), VisitStructure.UNSTRUCTURED), source, Progress.NONE, warnings);
        long predictions = 0;
        for (final BlupRow row : fit.tables().blups()) {
            predictions += Double.isNaN(row.blup()) ? 0 : 1;
        }
        final double deviance = fit.tables().modelFit().stream().filter(row -> row.statistic().equals("-2 Log Likelihood"))
            .findFirst().orElseThrow().value();
        return String.format(Locale.ROOT, "%d predictions, mean square of normalised residuals %.6f, -2 log likelihood %.3f",
            predictions, meanSquare(fit.parts().begin(true), source), deviance);
    }

    private static double meanSquare(final Function<Frame, FittedPart> fitted, final Generated source) {
        double squares = 0;
        for (final Iterator<Frame> blocks = source.blocks(); blocks.hasNext();) {
            final Frame block = blocks.next();
            final IntFunction<FittedRow> rows = fitted.apply(block).rows();
            for (int row = 0; row < block.rows(); row++) {
                final double normalized = rows.apply(row).normalized();
                squares += normalized * normalized;
            }
        }
        measureHeap();
        return squares / source.rows();
    }
}
