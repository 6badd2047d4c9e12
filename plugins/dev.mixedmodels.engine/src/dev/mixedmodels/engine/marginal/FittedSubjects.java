package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.Heap;
import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.model.FittedPart;
import java.util.function.Function;

/** What the model says about the subjects: of visits without a response, and of the rows of the table. */
final class FittedSubjects {
    private final RepeatedData data;
    private final Solved solved;
    private final Progress progress;
    private final UnobservedVisits unobserved;
    private final PredictedVisits predicted;
    private final boolean inTurn; // whether rows can be whitened as they come
    private boolean whitened = true;
    private NormalizedResiduals normalized; // made when first asked for

    /**
     * Goes over the table again if there is something to predict and blocks do not tell it, {@link BlockPredictions}.
     *
     * @param data the rows
     * @param solved the estimates
     * @param progress of the pass
     * @param warnings takes why there are no normalised residuals
     */
    FittedSubjects(final RepeatedData data, final Solved solved, final Progress progress, final Warnings warnings) {
        this.data = data;
        this.solved = solved;
        this.progress = progress.quiet();
        unobserved = new UnobservedVisits(data);
        final PredictedVisits none = new PredictedVisits(data.reader(), unobserved, solved);
        predicted = data.counts() != null && UnobservedVisits.any(data) ? data.pass(none, true, progress) : none;
        inTurn = solved.structure().overPlaces() == null
            && (data.sums().ordered() || solved.structure() == VisitStructure.INDEPENDENT);
        if (!inTurn && data.counts() != null) {
            try {
                Heap.require((double) Double.BYTES * data.size(), "Normalised residuals of " + data.size()
                    + " rows take", "Sort the table by subject, and by visit within subjects.");
            } catch (final ModelException e) {
                whitened = false;
                warnings.add("Normalized residuals are left out, for the rows of subjects are not in the order of "
                    + "their visits. "
                    + e.getMessage());
            }
        }
    }

    UnobservedVisits unobserved() {
        return unobserved;
    }

    PredictedVisits predicted() {
        return predicted;
    }

    private synchronized NormalizedResiduals normalized() {
        if (normalized == null) {
            normalized = data.pass(new NormalizedResiduals(data.reader(), unobserved, solved), false, progress);
        }
        return normalized;
    }

    /** What is said about the rows of the table, part after part from its first row on. */
    Function<Frame, FittedPart> rows(final boolean wanted) {
        final boolean whitens = wanted && whitened;
        return new FittedRows(data.reader(), solved, predicted.ofRows(),
            whitens && inTurn ? new WhitenedSubjects(solved, data.counts()) : null,
            whitens && !inTurn ? normalized()::of : row -> Double.NaN);
    }
}
