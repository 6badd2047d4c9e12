package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.frame.Rows;
import dev.mixedmodels.engine.likelihood.SubjectBlock;
import dev.mixedmodels.engine.marginal.ConditionalPrediction.Prediction;
import dev.mixedmodels.engine.marginal.ConditionalPrediction.Target;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.model.StoredVisits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Predictions of rows without a response from the rows of their subject that have one, by a kept model and in its unit.
 * Subjects are worked out when their first row is asked for.
 */
public final class SubjectPredictions {
    private final RepeatedRows rows;
    private final VisitStructure structure;
    private final ConditionalPrediction prediction;
    private final SubjectBlock block;
    private final Map<Integer, List<Integer>> missing = new HashMap<>();
    private final Map<Integer, Prediction> found = new HashMap<>();
    private final Set<Integer> done = new HashSet<>();

    /**
     * What is said about a row.
     *
     * @param value the prediction of its response
     * @param errorVariance uncertainty of the mean included
     */
    public record Predicted(double value, double errorVariance) {
    }

    /**
     * @param model a marginal model
     * @param design its design over all rows of a table
     * @throws dev.mixedmodels.engine.common.ModelException if a subject has two responses at one visit or time, or
     *         several levels of the column that groups the covariance parameters
     */
    public SubjectPredictions(final StoredModel model, final ModelDesign design) {
        final StoredVisits visits = model.visits();
        rows = RepeatedRows.known(design, visits);
        structure = visits.structure();
        new RowsCheck(rows).known(structure, visits.places());
        prediction = new ConditionalPrediction(Solved.of(model), rows.mean());
        block = new SubjectBlock(rows.columns());
        final Rows predicted = design.rows().predicted();
        for (int i = 0; i < predicted.size(); i++) {
            missing.computeIfAbsent(rows.subject().code(predicted.row(i)), s -> new ArrayList<>())
                .add(predicted.row(i));
        }
    }

    /**
     * @param row row of the frame that has all values but the response
     * @return its prediction; of a subject without any response the mean; null if none exists: its visit is not one of
     *         the fit, the subject has a response there, or the fit does not say how it goes with the observed ones
     */
    public Predicted of(final int row) {
        final int subject = rows.subject().code(row);
        final Prediction own = subject < 0 ? prediction.ofUnknown(target(row)) : ofSubject(subject, row);
        return own == null || Double.isNaN(own.value()) ? null : new Predicted(own.value(), own.errorVariance());
    }

    /**
     * @param row row of the frame that has all values but the response
     * @return variance of a response there; NaN if it is not known
     */
    public double variance(final int row) {
        final Prediction alone = prediction.ofUnknown(target(row));
        return alone == null ? Double.NaN : alone.variance();
    }

    /**
     * @param row row of the frame
     * @return whether the table has a response of its subject that the model can use
     */
    public boolean isKnown(final int row) {
        return rows.subject().code(row) >= 0;
    }

    private Target target(final int row) {
        final double[] w = new double[rows.columns()];
        rows.design().fixed().basisRow(row, w);
        return new Target(w, rows.design().fixed().offset().value(row), rows.root(row),
            rows.visit() == null ? -1 : rows.visit().code(row), rows.by() == null ? 0 : rows.by().code(row),
            Arrays.stream(places(row)).mapToDouble(place -> place[0]).toArray());
    }

    private double[][] places(final int... frameRows) {
        return structure.overPlaces() == null ? new double[0][] : rows.places(structure, frameRows);
    }

    private Prediction ofSubject(final int subject, final int row) {
        if (done.add(subject)) {
            final List<Integer> wanted = new ArrayList<>();
            final List<Target> targets = new ArrayList<>();
            final Set<Integer> taken = new HashSet<>();
            for (int i = rows.index().start(subject); i < rows.index().start(subject + 1); i++) {
                taken.add(rows.visit(i));
            }
            for (final int other : missing.get(subject)) {
                final Target target = target(other);
                if (rows.visit() == null || target.visit() >= 0 && taken.add(target.visit())) {
                    wanted.add(other);
                    targets.add(target);
                }
            }
            rows.read(subject, block);
            final Prediction[] predictions = prediction.of(block, places(rows.index().rows(subject)), targets);
            for (int u = 0; u < predictions.length; u++) {
                found.put(wanted.get(u), predictions[u]);
            }
        }
        return found.get(row);
    }

    /**
     * @return name of the column of the subject
     */
    public String subject() {
        return rows.subject().name();
    }
}
