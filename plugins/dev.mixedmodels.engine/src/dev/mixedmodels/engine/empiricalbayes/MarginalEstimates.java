package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Words;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;

/**
 * Posterior means from the marginal distribution f of the data alone, whatever the prior. Counts with a common exposure
 * e: E(theta | y) = (y + 1) f(y + 1) / f(y) / e, with f as observed (Robbins) or smoothed. Estimates with a common
 * sampling variance v: E(theta | y) = y + v d log f(y) / dy (Tweedie's formula), with f smoothed. Standard errors by
 * the delta method.
 * <p>
 * Sources: Robbins (1956) Proc. 3rd Berkeley Symp. 1:157-163; Efron (2011) JASA 106:1602-1614.
 */
final class MarginalEstimates implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final double EQUAL = 1e-9;
    private static final int DEGREE = 5;
    /** Cells of estimates, in standard errors. */
    private static final double WIDTH = 0.1;
    private static final int MOST_CELLS = 2000;

    private final boolean counts;
    private final double precision;
    private final DistinctValues table; // the counts as observed; null where f is smoothed
    private LindseyDensity density;
    private String note = "relative frequencies of the counts";

    /**
     * @param model the units with a conjugate prior
     * @param source not NONE
     * @throws ModelException if the precisions differ, or the data are too few for a density
     */
    MarginalEstimates(final CompoundModel model, final MarginalSource source) {
        counts = model instanceof CountModel;
        precision = precision(model, 0);
        for (int i = 0; i < model.units(); i++) {
            if (Math.abs(precision(model, i) - precision) > EQUAL * precision) {
                throw new ModelException("Robbins and Tweedie estimates are for units with the same "
                    + (counts ? "exposure" : "standard error") + ", whose data have one marginal distribution. "
                    + "Choose none of them, or units with equal ones.");
            }
        }
        if (!(precision > 0)) {
            throw new ModelException("All standard errors are 0: there is nothing to shrink. Choose no Robbins and "
                + "Tweedie estimates.");
        }
        final double[] y = new double[model.units()];
        Arrays.setAll(y, i -> y(model, i));
        final DistinctValues values = DistinctValues.of(y, model instanceof CountModel events ? events.frequencies
            : null);
        table = source == MarginalSource.OBSERVED ? values : null;
        if (table == null) {
            smooth(values);
        }
    }

    private static double precision(final CompoundModel model, final int unit) {
        return model instanceof CountModel events ? events.n[unit] : model.rawStdError(unit);
    }

    private static double y(final CompoundModel model, final int unit) {
        return model instanceof CountModel events ? events.y[unit] : model.raw(unit);
    }

    private void smooth(final DistinctValues values) {
        final int different = values.size();
        if (different < 3) {
            throw new ModelException("The units have " + Words.count(different, "different value") + ", and a smooth"
                + " density needs at least 3. Choose no Robbins and Tweedie estimates.");
        }
        final double low = values.value(0);
        final double range = values.value(different - 1) - low;
        final double width = counts ? Math.max(1, Math.ceil(range / MOST_CELLS))
            : Math.max(WIDTH * precision, range / MOST_CELLS);
        final int last = Math.max(1, (int) Math.ceil(range / width * (1 - EQUAL)));
        final double step = counts ? width : range / last;
        final double[] cells = new double[last + 1];
        int occupied = 0;
        for (int j = 0; j < different; j++) {
            final int cell = (int) Math.rint((values.value(j) - low) / step);
            occupied += cells[cell] == 0 ? 1 : 0;
            cells[cell] += values.multiplicity(j);
        }
        if (occupied < 3) {
            throw new ModelException("The estimates lie too close together, within their own standard error, for a "
                + "density of them. Choose no Robbins and Tweedie estimates.");
        }
        final int degree = Math.min(DEGREE, occupied - 2);
        density = new LindseyDensity(low, low + last * step, cells, degree);
        note = String.format(Locale.ROOT, "log f is a polynomial of degree %d, by Poisson regression on %d cells "
            + "(Lindsey's method)", degree, cells.length);
    }

    /** What f is, for the user. */
    String note() {
        return note;
    }

    /**
     * @param model units of this marginal distribution
     * @param unit one of them
     * @return estimate of E(theta | y) and its standard error; NaN where there is none
     */
    double[] of(final CompoundModel model, final int unit) {
        final double y = y(model, unit);
        if (!counts) {
            final double[] slope = density.slope(y);
            return new double[] {y + precision * precision * slope[0], precision * precision * slope[1]};
        }
        if (table != null) {
            final double here = table.multiplicityOf(y);
            final double next = table.multiplicityOf(y + 1);
            final double ratio = (y + 1) / precision * next / here;
            return here == 0 ? new double[] {Double.NaN, Double.NaN}
                : new double[] {ratio, next == 0 ? Double.NaN : ratio * Math.sqrt(1 / here + 1 / next)};
        }
        final double[] log = density.difference(y, y + 1);
        final double mean = (y + 1) / precision * Math.exp(log[0]);
        return new double[] {mean, mean * log[1]};
    }
}
