package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Factor;
import dev.mixedmodels.engine.frame.Fold;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.RowSpan;
import dev.mixedmodels.engine.frame.Rows;
import dev.mixedmodels.engine.numeric.CrossProducts;
import dev.mixedmodels.engine.statistics.UnitOrder;
import dev.mixedmodels.engine.statistics.UnitStatistics;
import java.util.Arrays;
import java.util.stream.Stream;

/** The pass over a table in which its rows are reduced by subject, in the coordinates of {@link SubjectData}. */
final class SubjectSums implements Fold<SubjectSums> {
    private static final long serialVersionUID = 1L;

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
        final double[][] columns = new double[width][RowSpan.MOST]; // [z w y]
        final double[][] z = Arrays.copyOf(columns, q);
        final double[][] w = Arrays.copyOfRange(columns, q, q + p);
        final double[][] both = Stream.of(w, z).flatMap(Arrays::stream).toArray(double[][]::new);
        RowSpan.each(fitted, progress, span -> {
            for (int i = 0; i < span.size(); i++) {
                codes[span.from() + i] = subject.code(span.row(i));
            }
            coordinates.rest(design, span, w, columns[q + p]);
            coordinates.effects(design, span, z);
            for (int i = 0; !order.settled() && i < span.size(); i++) {
                order.add(codes[span.from() + i], z, i, time == null ? 0 : time.value(span.row(i)));
            }
            coordinates.transform(z, span.size());
            if (plain != null) {
                plain.add(both, span.size(), i -> 1);
            }
            SubjectCoordinates.put(columns, span, design.weights(), values);
        });
        statistics.add(values, codes);
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
