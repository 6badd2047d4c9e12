package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.covariance.TimeDecay;
import dev.mixedmodels.engine.numeric.Parallel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The rows [X y] of subjects in order of time, kept in one array per group. Immutable. */
final class TimeRows {
    private static final int SUBJECTS_PER_CHECK = 2000;
    private static final int SUBJECTS_PER_TASK = 512;

    private final int width;
    private final long rows;
    /** Of each group: rows one after the other, the times, and where subjects start (with the end as last entry). */
    private final double[][] values;
    private final double[][] times;
    private final int[][] starts;

    private TimeRows(final int width, final long rows, final double[][] values, final double[][] times,
        final int[][] starts) {
        this.width = width;
        this.rows = rows;
        this.values = values;
        this.times = times;
        this.starts = starts;
    }

    static TimeRows of(final SubjectRows data, final int groups, final Progress progress) {
        final int width = data.columns() + 1;
        final SubjectBlock block = new SubjectBlock(data.columns());
        final List<Store> stores = new ArrayList<>();
        for (int g = 0; g < groups; g++) {
            stores.add(new Store());
        }
        long rows = 0;
        for (int subject = 0; subject < data.subjects(); subject++) {
            if (subject % SUBJECTS_PER_CHECK == 0) {
                progress.check();
            }
            data.read(subject, block);
            stores.get(block.group()).add(block, width);
            rows += block.rows();
        }
        return new TimeRows(width, rows, stores.stream().map(s -> s.values).toArray(double[][]::new),
            stores.stream().map(s -> s.times).toArray(double[][]::new),
            stores.stream().map(s -> Arrays.copyOf(s.starts, s.subjects + 1)).toArray(int[][]::new));
    }

    private static final class Store {
        private double[] values = new double[0];
        private double[] times = new double[0];
        private int[] starts = new int[1];
        private int subjects;

        private void add(final SubjectBlock block, final int width) {
            final int from = starts[subjects];
            final int to = from + block.rows();
            if (to > times.length) {
                final int capacity = Math.max(to, from * 2);
                values = Arrays.copyOf(values, Math.multiplyExact(capacity, width));
                times = Arrays.copyOf(times, capacity);
            }
            for (int i = 0; i < block.rows(); i++) {
                System.arraycopy(block.row(i), 0, values, (from + i) * width, width);
                times[from + i] = block.time(i);
            }
            subjects++;
            if (subjects == starts.length) {
                starts = Arrays.copyOf(starts, 2 * subjects);
            }
            starts[subjects] = to;
        }
    }

    int columns() {
        return width - 1;
    }

    long rows() {
        return rows;
    }

    /** One pass over the rows of a group, on all cores: sums over a fixed number of subjects, added in their order. */
    TimeSums sums(final int group, final double x, final double unit, final int order) {
        final int subjects = starts[group].length - 1;
        final TimeSums[] parts = new TimeSums[Math.max(1, (subjects + SUBJECTS_PER_TASK - 1) / SUBJECTS_PER_TASK)];
        Parallel.forEach(parts.length, task -> {
            parts[task] = new TimeSums(width, x, unit, order);
            final int end = Math.min(subjects, (task + 1) * SUBJECTS_PER_TASK);
            for (int subject = task * SUBJECTS_PER_TASK; subject < end; subject++) {
                addSubject(parts[task], group, subject);
            }
        });
        for (int task = 1; task < parts.length; task++) {
            parts[0].add(parts[task]);
        }
        return parts[0].finish();
    }

    private void addSubject(final TimeSums sums, final int group, final int subject) {
        final double[] a = values[group];
        final double[] t = times[group];
        final int first = starts[group][subject];
        sums.addFirst(a, first * width);
        for (int i = first + 1; i < starts[group][subject + 1]; i++) {
            sums.addNext(a, (i - 1) * width, i * width, t[i] - t[i - 1]);
        }
    }

    /**
     * sum_i A_i' D_i C_i D_i A_i, A = [X y], D = dC^-1 / dx, tridiagonal. C Z comes from two recursions:
     * (C Z)_j = F_j + G_j with F_j = f_j F_(j-1) + Z_j and G_j = f_(j+1) (G_(j+1) + Z_(j+1)).
     */
    double[] derivativeProducts(final int group, final double x, final double unit) {
        final TimeDecay decay = TimeDecay.of(x);
        final double[] sum = new double[width * width];
        for (int subject = 0; subject + 1 < starts[group].length; subject++) {
            final int first = starts[group][subject];
            final int n = starts[group][subject + 1] - first;
            final double[] f = new double[n];
            final double[][] z = new double[n][width];
            for (int i = 1; i < n; i++) {
                final double power = (times[group][first + i] - times[group][first + i - 1]) / unit;
                f[i] = decay.value(power);
                addDerivative(group, first + i, z[i - 1], z[i], f[i], decay.first(power), decay.precision(power, f[i]));
            }
            addQuadratic(sum, z, f);
        }
        return sum;
    }

    /** Adds to z what the pair of rows i - 1 and i of D A has: the derivative of (b - f a)(b - f a)' / (1 - f^2). */
    private void addDerivative(final int group, final int i, final double[] zOfA, final double[] zOfB,
        final double f, final double f1, final double h) {
        final double h1 = 2 * f * h * h * f1;
        for (int c = 0; c < width; c++) {
            final double a = values[group][(i - 1) * width + c];
            final double u = values[group][i * width + c] - f * a;
            zOfB[c] += h1 * u - h * f1 * a;
            zOfA[c] += -f * (h1 * u - h * f1 * a) - h * f1 * u;
        }
    }

    private void addQuadratic(final double[] sum, final double[][] z, final double[] f) {
        final int n = z.length;
        final double[] forward = new double[width];
        final double[][] product = new double[n][width];
        for (int j = 0; j < n; j++) {
            for (int c = 0; c < width; c++) {
                forward[c] = f[j] * forward[c] + z[j][c];
                product[j][c] = forward[c];
            }
        }
        final double[] backward = new double[width];
        for (int j = n - 2; j >= 0; j--) {
            for (int c = 0; c < width; c++) {
                backward[c] = f[j + 1] * (backward[c] + z[j + 1][c]);
                product[j][c] += backward[c];
            }
        }
        for (int j = 0; j < n; j++) {
            for (int a = 0; a < width; a++) {
                for (int b = 0; b < width; b++) {
                    sum[a * width + b] += z[j][a] * product[j][b];
                }
            }
        }
    }
}
