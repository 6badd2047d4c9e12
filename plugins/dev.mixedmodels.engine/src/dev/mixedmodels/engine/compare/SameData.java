package dev.mixedmodels.engine.compare;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.empiricalbayes.StoredPrior;
import dev.mixedmodels.engine.model.RowFingerprint;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Whether models speak of the same observations. */
final class SameData {
    private SameData() {
    }

    /**
     * @param models two or more models
     * @param warnings takes what is odd, though it may be right
     * @throws ModelException if two models have other responses or were fitted to other rows
     */
    static void require(final List<ComparedModel> models, final Warnings warnings) {
        final ComparedModel first = models.get(0);
        for (final ComparedModel other : models.subList(1, models.size())) {
            responses(first, other);
            rows(first, other, warnings);
        }
    }

    private static void responses(final ComparedModel first, final ComparedModel other) {
        if (!first.response().equals(other.response()) || first.empiricalBayes() != other.empiricalBayes()) {
            throw new ModelException(String.format("%s explains \"%s\" and %s explains \"%s\"%s. Likelihoods of "
                + "different responses cannot be compared, nor those of a response and a function of it. Fit models of "
                + "the same response.", first.name(), first.response(), other.name(), other.response(),
                first.response().equals(other.response()) ? " as estimates with known standard errors" : ""));
        }
        if (first.empiricalBayes()) {
            final StoredPrior one = first.model().prior();
            final StoredPrior two = other.model().prior();
            if (one.settings().family() != two.settings().family()
                || !Objects.equals(one.columns().precision(), two.columns().precision())) {
                throw new ModelException(first.name() + " and " + other.name() + " take another distribution or other "
                    + "columns for what is known of the units. Fit models that differ in covariates or prior only.");
            }
        }
    }

    private static void rows(final ComparedModel first, final ComparedModel other, final Warnings warnings) {
        final RowFingerprint one = first.model().rows();
        final RowFingerprint two = other.model().rows();
        if (one.rows() != two.rows()) {
            throw new ModelException(String.format("%s was fitted to %s, %s to %d. Likelihoods of different rows "
                + "cannot be compared. A row with a missing value in a column that only one of the models uses is left "
                + "out of that one: take such rows out before all of them, with a Row Filter or Missing Value node.",
                first.name(), Words.count(one.rows(), "row"), other.name(), two.rows()));
        }
        final boolean sameValues = Arrays.equals(one.responses(), two.responses());
        if (sameValues && !Arrays.equals(one.ids(), two.ids())) {
            warnings.add(first.name() + " and " + other.name() + " were fitted to rows with the same responses but "
                + "other row ids. They are taken for the same rows, as after a node that renames rows.");
        } else if (!sameValues) {
            throw new ModelException(first.name() + " and " + other.name() + " were fitted to "
                + (Arrays.equals(one.ids(), two.ids()) ? "the same row ids with other values of \"" + first.response()
                + "\""
                    : "other rows, though to equally many") + ". Likelihoods of different data cannot be compared. Fit "
                    + "all models to the same table.");
        }
    }
}
