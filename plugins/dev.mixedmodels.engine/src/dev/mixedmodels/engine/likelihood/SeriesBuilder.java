package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Gathers the rows [X y] of subjects, one subject after the other, in arrays that grow. */
final class SeriesBuilder {
    private static final int SUBJECTS_PER_CHECK = 2000;

    private final int width;
    private double[] values = new double[0];
    private double[] gaps = new double[0];
    private int[] starts = new int[1];
    private int subjects;

    private SeriesBuilder(final int width) {
        this.width = width;
    }

    /** The subjects of each group, autoregressive in continuous time and without random effects. */
    static List<SubjectSeries> overTime(final SubjectRows data, final int groups, final Progress progress) {
        final SubjectBlock block = new SubjectBlock(data.columns());
        final List<SeriesBuilder> builders = new ArrayList<>();
        for (int g = 0; g < groups; g++) {
            builders.add(new SeriesBuilder(data.columns() + 1));
        }
        for (int subject = 0; subject < data.subjects(); subject++) {
            if (subject % SUBJECTS_PER_CHECK == 0) {
                progress.check();
            }
            data.read(subject, block);
            builders.get(block.group()).add(block);
        }
        return builders.stream().map(builder -> new SubjectSeries(0, data.columns(), builder.values,
            Arrays.copyOf(builder.starts, builder.subjects + 1), ResidualStructure.CONTINUOUS_AR1, builder.gaps,
            new double[0][])).toList();
    }

    private void add(final SubjectBlock block) {
        final int from = starts[subjects];
        final int to = from + block.rows();
        if (to > gaps.length) {
            final int capacity = Math.max(to, from * 2);
            values = Arrays.copyOf(values, Math.multiplyExact(capacity, width));
            gaps = Arrays.copyOf(gaps, capacity);
        }
        for (int i = 0; i < block.rows(); i++) {
            System.arraycopy(block.row(i), 0, values, (from + i) * width, width);
            gaps[from + i] = i == 0 ? 0 : block.time(i) - block.time(i - 1);
        }
        subjects++;
        if (subjects == starts.length) {
            starts = Arrays.copyOf(starts, 2 * subjects);
        }
        starts[subjects] = to;
    }
}
