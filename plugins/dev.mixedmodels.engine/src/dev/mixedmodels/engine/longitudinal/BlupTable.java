package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.common.ArraySize;
import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.model.StoredUnits;
import dev.mixedmodels.engine.model.UnitArrays;
import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.result.BlupRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Predictions of every subject's random effects and its own coefficients beta + b, computed while they are read.
 * Intervals take the normal quantile, the covariance parameters as known.
 */
final class BlupTable implements Iterable<BlupRow> {
    private final SubjectData data;
    private final Estimate estimate;
    private final double[] beta;
    private final double[][] phi;
    private final double[][] d;
    private final int[] fixedColumns;
    private final double quantile;

    /**
     * @param data the subjects
     * @param estimate the parameters
     * @param beta fixed effects in the user's columns
     * @param confidence confidence level in (0, 1)
     */
    BlupTable(final SubjectData data, final Estimate estimate, final double[] beta, final double confidence) {
        this.data = data;
        this.estimate = estimate;
        this.beta = beta;
        phi = data.design().fixed().basis().covariance(estimate.atMinimum().phi());
        d = estimate.d();
        final List<String> fixed = data.design().fixed().names();
        fixedColumns = data.random() == null ? new int[0]
            : data.random().names().stream().mapToInt(fixed::indexOf).toArray();
        quantile = Tail.normalQuantile((1 - confidence) / 2);
    }

    @Override
    public Iterator<BlupRow> iterator() {
        if (data.random() == null) {
            return List.<BlupRow>of().iterator();
        }
        final SubjectEffects effects = effects();
        return IntStream.range(0, data.subjects()).boxed().flatMap(subject -> rows(effects, subject).stream())
            .iterator();
    }

    private SubjectEffects effects() {
        return new SubjectEffects(estimate, data.design().fixed().basis().matrix());
    }

    /** The BLUPs of all subjects, subject by subject. */
    double[] all() {
        final int q = fixedColumns.length;
        final double[] all = new double[ArraySize.of(data.subjects(), q)];
        if (q > 0) {
            final SubjectEffects effects = effects();
            for (int subject = 0; subject < data.subjects(); subject++) {
                System.arraycopy(effects.blup(subject), 0, all, subject * q, q);
            }
        }
        return all;
    }

    /** All that is known of the subjects, whose effects have that structure; null if there are no random effects. */
    StoredUnits stored(final RandomStructure structure) {
        if (data.random() == null) {
            return null;
        }
        final UnitArrays units = new UnitArrays(data.subjects(), fixedColumns.length, data.p());
        final int[] rows = new int[data.subjects()];
        final int terms = data.design().random().size();
        final SubjectEffects effects = effects();
        for (int subject = 0; subject < rows.length; subject++) {
            final double[] b = effects.blup(subject);
            final SubjectEffects.Uncertainty u = effects.uncertainty();
            units.put(subject, b, u.conditional(), u.onMean());
            rows[subject] = data.count(subject);
        }
        return units.build(data.subject().name(), IntStream.range(0, terms).toArray(),
            Collections.nCopies(terms, structure), data.random().names(), d, rows);
    }

    private List<BlupRow> rows(final SubjectEffects effects, final int subject) {
        final double[] b = effects.blup(subject);
        final SubjectEffects.Uncertainty u = effects.uncertainty();
        final double unit = estimate.unit();
        final List<BlupRow> rows = new ArrayList<>(b.length);
        for (int j = 0; j < b.length; j++) {
            final int fixed = fixedColumns[j];
            final double own = u.prediction()[j][j]
                + (fixed < 0 ? 0 : phi[fixed][fixed] * unit * unit + 2 * u.crossed()[fixed][j]);
            rows.add(BlupRow.of(data.subject().name(), data.subject().level(subject), data.random().names().get(j),
                b[j], u.prediction()[j][j], u.conditional()[j][j], d[j][j], (fixed < 0 ? 0 : beta[fixed]) + b[j], own,
                quantile, data.count(subject)));
        }
        return rows;
    }
}
