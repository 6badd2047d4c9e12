package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.model.FittedPart;
import dev.mixedmodels.engine.model.ModelFit;
import dev.mixedmodels.engine.result.BlupRow;
import dev.mixedmodels.engine.result.ResponseUnit;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * What a fitted model says of blocks that have all rows of their subjects, whose column has numbers: each block by
 * itself, on any machine.
 */
public final class BlockPredictions implements ModelFit.Parts {
    private static final long serialVersionUID = 1L;

    private final RowReader reader;
    private final UnobservedVisits unobserved;
    private final Solved solved;
    private final boolean any;
    private final PredictionRow rows;
    private final int exponent;

    BlockPredictions(final RepeatedData data, final UnobservedVisits unobserved, final Solved solved,
        final double confidence) {
        reader = data.reader();
        this.unobserved = unobserved;
        this.solved = solved;
        any = UnobservedVisits.any(data);
        rows = PredictionRow.of(data, confidence);
        exponent = ResponseUnit.of(data.design().responseUnit()).exponent();
    }

    private <T extends SubjectTaker<T>> T pass(final Frame block, final T taker, final boolean missing) {
        final SubjectPass<T> pass = new SubjectPass<>(reader, SubjectPass.Counts.ofBlocks(missing), taker, null);
        pass.add(block);
        return pass.taker();
    }

    private PredictedVisits predicted(final Frame block) {
        final PredictedVisits none = new PredictedVisits(reader, unobserved, solved);
        return any ? pass(block, none, true) : none;
    }

    @Override
    public Function<Frame, FittedPart> begin(final boolean normalised) {
        return block -> new FittedRows(reader, solved, predicted(block).ofRows(),
            normalised && independent() ? new WhitenedSubjects(solved, null) : null,
            normalised && !independent()
                ? pass(block, new NormalizedResiduals(reader, unobserved, solved), false)::of : row -> Double.NaN)
                    .apply(block);
    }

    private boolean independent() {
        return solved.structure() == VisitStructure.INDEPENDENT;
    }

    /**
     * @return whether some subject may have visits to be predicted
     */
    public boolean any() {
        return any;
    }

    /**
     * A row of the table of predictions, in the response's own unit.
     *
     * @param subject number of the subject
     * @param row the row
     */
    public record Predicted(int subject, BlupRow row) {
    }

    /**
     * @param block all rows of some subjects, named as the table names them
     * @param names of subjects by number
     * @return predictions of their unobserved visits, by subject and visit; those of subjects without a response come
     *         last
     */
    public Stream<Predicted> predictions(final Frame block, final IntFunction<String> names) {
        final PredictedVisits predicted = predicted(block);
        final ResponseUnit unit = new ResponseUnit(exponent);
        return Arrays.stream(predicted.order()).mapToObj(i -> {
            final int subject =
                predicted.subject(i) < 0 ? Integer.parseInt(predicted.unknown(i)) : predicted.subject(i);
            return new Predicted(subject, unit.back(rows.of(predicted, i, names.apply(subject),
                () -> block.rowNames().of(predicted.row(i))[0])));
        });
    }
}
