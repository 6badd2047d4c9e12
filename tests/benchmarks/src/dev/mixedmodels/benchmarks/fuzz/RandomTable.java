package dev.mixedmodels.benchmarks.fuzz;

import dev.mixedmodels.benchmarks.fuzz.Data.Column;
import dev.mixedmodels.benchmarks.fuzz.Data.Type;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Random tables of 1 to 300 rows. Rows of repeated measurements: unbalanced subjects within sites, crossed with items,
 * at visits and times; or one row a unit with estimates, counts and successes. Columns are nominal or integer, some
 * constant, some with ties or missing cells; responses have scales from 1e-9 to 1e9 and sometimes a common offset.
 */
final class RandomTable {
    private static final int MOST_ROWS = 300;
    private static final double MISSING = 0.2;

    private final SplittableRandom random;
    private final List<Column> columns = new ArrayList<>();
    private int[] subjects;
    private int[] visits;

    private RandomTable(final SplittableRandom random) {
        this.random = random;
    }

    /** A table of repeated measurements, or of units. */
    static Data of(final SplittableRandom random, final boolean units) {
        final RandomTable table = new RandomTable(random);
        if (units) {
            table.units();
        } else {
            table.repeated();
        }
        final Data data = new Data(table.columns);
        return random.nextBoolean() ? data : data.rows(shuffled(data.rows(), random));
    }

    /** The numbers from 0 in random order. */
    static int[] shuffled(final int n, final SplittableRandom random) {
        final int[] order = IntStream.range(0, n).toArray();
        for (int i = n - 1; i > 0; i--) {
            final int j = random.nextInt(i + 1);
            final int held = order[i];
            order[i] = order[j];
            order[j] = held;
        }
        return order;
    }

    private boolean chance(final double probability) {
        return random.nextDouble() < probability;
    }

    private double normal() {
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }

    private double[] normals(final int n, final double sd) {
        return IntStream.range(0, n).mapToDouble(i -> sd * normal()).toArray();
    }

    private double scale() {
        return chance(0.5) ? 1 : Math.pow(10, random.nextInt(19) - 9);
    }

    private void add(final String name, final Type type, final int rows, final IntFunction<Object> value) {
        final double missing = chance(MISSING) ? 0.2 * random.nextDouble() : 0;
        columns.add(new Column(name, type,
            IntStream.range(0, rows).mapToObj(row -> chance(missing) ? null : value.apply(row)).toArray()));
    }

    /** Codes as texts that do not sort as numbers do, as whole numbers or as long ones. */
    private void codes(final String name, final int[] codes) {
        switch (random.nextInt(4)) {
            case 0 -> add(name, Type.WHOLE, codes.length, row -> codes[row] + 1);
            case 1 -> add(name, Type.LONG, codes.length, row -> 1000L + codes[row]);
            default -> add(name, Type.TEXT, codes.length, row -> name.charAt(0) + "-" + (codes[row] + 1));
        }
    }

    private void repeated() {
        rowsBySubject();
        final int n = subjects.length;
        final int units = Arrays.stream(subjects).max().orElse(0) + 1;
        final int sites = 1 + random.nextInt(Math.min(8, units));
        final int items = 1 + random.nextInt(6);
        final int arms = chance(0.1) ? 1 : 2 + random.nextInt(2);
        final int[] item = IntStream.range(0, n).map(row -> random.nextInt(items)).toArray();
        codes("subject", subjects);
        final boolean nested = chance(0.7);
        codes("site", IntStream.of(subjects).map(s -> nested ? s % sites : random.nextInt(sites)).toArray());
        codes("item", item);
        codes("visit", visits);
        times();
        add("arm", Type.TEXT, n, row -> "arm " + (char) ('A' + subjects[row] % arms));
        add("sex", Type.TEXT, n, row -> subjects[row] % 5 < 2 ? "f" : "m");
        add("flag", Type.TRUTH, n, row -> random.nextBoolean());
        final double[] base = normals(units, 1);
        add("base", Type.NUMBER, n, row -> base[subjects[row]]);
        final double size = scale();
        final double[] x = normals(n, size);
        add("x", Type.NUMBER, n, row -> x[row]);
        final int[] score = IntStream.range(0, n).map(row -> random.nextInt(5)).toArray();
        add("score", Type.WHOLE, n, row -> score[row]);
        add("constant", Type.NUMBER, n, row -> 7.0);
        response(n, units, base, item);
    }

    /** Few or many subjects, of one row or several, sometimes each with one row for each visit. */
    private void rowsBySubject() {
        final int units = chance(0.1) ? 1 + random.nextInt(4) : 4 + random.nextInt(chance(0.3) ? 120 : 25);
        final int most = 1 + random.nextInt(chance(0.7) ? 5 : 8);
        final boolean balanced = chance(0.3);
        final boolean gaps = chance(0.4);
        final List<int[]> rows = new ArrayList<>();
        for (int unit = 0; unit < units; unit++) {
            final int count = balanced ? most : 1 + random.nextInt(most);
            for (int visit = 0; visit < count && rows.size() < MOST_ROWS; visit++) {
                if (!gaps || chance(0.8) || visit == 0) {
                    rows.add(new int[] {unit, visit});
                }
            }
        }
        subjects = rows.stream().mapToInt(row -> row[0]).toArray();
        visits = rows.stream().mapToInt(row -> row[1]).toArray();
    }

    private void times() {
        final boolean regular = chance(0.5);
        final double[] time = IntStream.range(0, visits.length)
            .mapToDouble(row -> regular ? visits[row] : Math.rint(10 * visits[row] + 8 * random.nextDouble()) / 2)
            .toArray();
        final LocalDate start = LocalDate.of(2024, 1, 1);
        if (chance(0.15)) {
            add("day", Type.DATE, visits.length, row -> start.plusDays((long) time[row]));
        } else {
            add("day", Type.NUMBER, visits.length, row -> time[row]);
        }
    }

    private void response(final int n, final int units, final double[] base, final int[] item) {
        final double between = chance(0.2) ? 0 : 2 * random.nextDouble();
        final double[] level = normals(units, between);
        final double[] slope = normals(units, chance(0.5) ? 0 : 0.3);
        final double[] itemEffect = normals(20, chance(0.5) ? 0 : 1);
        final double[] noise = normals(n, chance(0.05) ? 0 : 1);
        final double size = scale();
        final double offset = chance(0.2) ? 1000 * normal() : 3;
        final boolean ties = chance(0.15);
        add("y", Type.NUMBER, n, row -> {
            final double y = offset + level[subjects[row]] + base[subjects[row]] + itemEffect[item[row]]
                + slope[subjects[row]] * visits[row] + noise[row];
            return size * (ties ? Math.rint(y) : y);
        });
    }

    private void units() {
        final int n = 1 + random.nextInt(chance(0.3) ? 12 : 120);
        final double spread = chance(0.3) ? 0 : random.nextDouble() * 2;
        final double[] theta = normals(n, spread);
        final double size = scale();
        final boolean common = chance(0.2);
        final double[] se =
            IntStream.range(0, n).mapToDouble(i -> common ? 1 : Math.exp(0.7 * normal())).toArray();
        final double[] estimate = IntStream.range(0, n).mapToDouble(i -> theta[i] + se[i] * normal()).toArray();
        final double[] exposure = IntStream.range(0, n).mapToDouble(i -> 1 + 50 * random.nextDouble()).toArray();
        final int[] trials = IntStream.range(0, n).map(i -> 1 + random.nextInt(40)).toArray();
        final double[] share = IntStream.range(0, n).mapToDouble(i -> 1 / (1 + Math.exp(-theta[i]))).toArray();
        codes("unit", IntStream.range(0, n).toArray());
        add("estimate", Type.NUMBER, n, row -> size * estimate[row]);
        add("se", Type.NUMBER, n, row -> size * se[row]);
        add("count", Type.WHOLE, n, row -> poisson(0.2 * exposure[row] * Math.exp(theta[row] / 2)));
        add("exposure", Type.NUMBER, n, row -> exposure[row]);
        add("successes", Type.WHOLE, n, row -> binomial(trials[row], share[row]));
        add("trials", Type.WHOLE, n, row -> trials[row]);
        final double[] x = normals(n, scale());
        add("x", Type.NUMBER, n, row -> x[row]);
        add("region", Type.TEXT, n, row -> "region " + (1 + row % 3));
        add("constant", Type.NUMBER, n, row -> 7.0);
    }

    private int poisson(final double mean) {
        int count = -1;
        for (double product = 1; product > Math.exp(-Math.min(mean, 100)); product *= random.nextDouble()) {
            count++;
        }
        return Math.max(0, count);
    }

    private int binomial(final int trials, final double share) {
        return (int) IntStream.range(0, trials).filter(i -> chance(share)).count();
    }
}
