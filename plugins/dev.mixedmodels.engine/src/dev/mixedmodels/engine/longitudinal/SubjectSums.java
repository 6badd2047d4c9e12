package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Factor;
import dev.mixedmodels.engine.frame.Fold;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.Rows;
import dev.mixedmodels.engine.numeric.CrossProducts;
import dev.mixedmodels.engine.statistics.RowBlock;
import dev.mixedmodels.engine.statistics.UnitOrder;
import dev.mixedmodels.engine.statistics.UnitStatistics;

/** The pass over a table in which its rows are reduced by subject, in the coordinates of {@link SubjectData}. */
final class SubjectSums implements Fold<SubjectSums> {
    private static final long serialVersionUID = 1L;

    private static final int CHECK_EVERY = 1024; // rows between two looks whether the user cancelled

    private final transient Progress progress; // null on other machines
    private final SubjectCoordinates coordinates;
    private final boolean whole; // whether all cross-products of a subject are kept
    private final UnitStatistics statistics;
    private final UnitOrder order;
    private final CrossProducts plain; // null where it is not needed

    /**
     * @param data the coordinates
     */
    SubjectSums(final SubjectData data) {
        progress = data.progress();
        coordinates = SubjectCoordinates.of(data);
        whole = data.whole();
        final int p = coordinates.p();
        final int q = coordinates.q();
        statistics = whole ? new UnitStatistics(q + p + 1, -1, data.subjects())
            : new UnitStatistics(q, p, data.subjects());
        order = new UnitOrder(data.constants(), coordinates.key().time() != null);
        plain = data.design().fixed().intercept() && data.design().weights().equal() ? null
            : new CrossProducts(new double[p + q]);
    }

    private SubjectSums(final SubjectSums other) {
        progress = other.progress;
        coordinates = other.coordinates;
        whole = other.whole;
        statistics = other.statistics.fresh();
        order = other.order.fresh();
        plain = other.plain == null ? null : new CrossProducts(new double[coordinates.p() + coordinates.q()]);
    }

    @Override
    public SubjectSums fresh() {
        return new SubjectSums(this);
    }

    @Override
    public void add(final Frame block) {
        final ModelDesign design = coordinates.binder().bind(block);
        final SubjectKey key = coordinates.key();
        final Rows fitted = design.rows().fitted();
        final Factor subject = key.subject(design);
        final Column time = key.time() == null ? null : block.column(key.time());
        final int p = coordinates.p();
        final int q = coordinates.q();
        final int width = p + 1 + q;
        final double[] values = new double[fitted.size() * width];
        final int[] codes = new int[fitted.size()];
        final double[] w = new double[p];
        final double[] z = new double[q];
        final double[] both = new double[p + q];
        for (int i = 0; i < codes.length; i++) {
            final int row = fitted.row(i);
            if (progress != null && i % CHECK_EVERY == 0) {
                progress.check();
            }
            codes[i] = subject.code(row);
            final double y = coordinates.rest(design, row, w);
            coordinates.effects(design, row, z);
            order.add(codes[i], z, time == null ? 0 : time.value(row));
            coordinates.transform(z);
            if (plain != null) {
                System.arraycopy(w, 0, both, 0, p);
                System.arraycopy(z, 0, both, p, q);
                plain.add(both);
            }
            final double root = design.weights().root(row);
            final int ofW = i * width + (whole ? q : 0);
            final int ofZ = i * width + (whole ? 0 : p + 1);
            for (int k = 0; k < p; k++) {
                values[ofW + k] = w[k] * root;
            }
            values[ofW + p] = y / coordinates.scale() * root;
            for (int j = 0; j < q; j++) {
                values[ofZ + j] = z[j] * root;
            }
        }
        statistics.add(whole ? new RowBlock(values, -1, new int[] {width}) : new RowBlock(values, p, new int[] {q}), codes);
    }

    @Override
    public void merge(final SubjectSums later) {
        statistics.merge(later.statistics);
        order.merge(later.order);
        if (plain != null) {
            plain.merge(later.plain);
        }
    }

    /** Whether all cross-products of a subject are kept. */
    boolean whole() {
        return whole;
    }

    /** Number of random effects. */
    int q() {
        return coordinates.q();
    }

    UnitStatistics statistics() {
        return statistics;
    }

    UnitOrder order() {
        return order.closed();
    }

    CrossProducts plain() {
        return plain;
    }
}
