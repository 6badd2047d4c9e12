package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.numeric.BinaryUnit;
import java.io.Serializable;

/**
 * Units and origins in which a prior is fitted: theta in a power of two, covariates from near their weighted mean in
 * powers of two. So no square of an estimate leaves the range of doubles, and covariates far from 0 cost no digits.
 * With y = u y', x_j = c_j + s_j x'_j the coefficients are b_0 = u (b'_0 - sum c_j / s_j b'_j), b_j = u / s_j b'_j.
 *
 * @param theta u, the unit of theta: of estimates, and 1 over that of exposures
 * @param origins c_j of the columns of the mean's design in the units s_j; 0 for the intercept, and without one
 * @param columns s_j; 1 for the intercept
 */
record Coordinates(BinaryUnit theta, double[] origins, BinaryUnit[] columns) implements Serializable {
    /** Binary exponents so near 0 that the data's own unit will do. */
    private static final int MODERATE = 130;
    /** Largest ratio of sizes whose sixth power is still a double with room. */
    private static final int WIDEST = 240;

    /**
     * @param units the units, checked, all observed
     * @param settings for a given prior
     * @return coordinates for these
     * @throws ModelException if the sizes of the numbers differ too much for any unit
     */
    static Coordinates of(final Units units, final EmpiricalBayesSettings settings) {
        final int p = units.mean().columns();
        final double[] origins = new double[p];
        final BinaryUnit[] columns = new BinaryUnit[p];
        final boolean intercept = units.mean().hasIntercept();
        for (int j = 0; j < p; j++) {
            final boolean constant = intercept && j == 0;
            columns[j] = constant ? BinaryUnit.ONE : unit(units, j, intercept);
            origins[j] = intercept && !constant ? origin(units, j, columns[j]) : 0;
        }
        return new Coordinates(switch (settings.family()) {
            case GAUSSIAN -> estimates(units, settings);
            case POISSON_GAMMA -> exposures(units);
            case BETA_BINOMIAL -> BinaryUnit.ONE;
        }, origins, columns);
    }

    private static BinaryUnit estimates(final Units units, final EmpiricalBayesSettings settings) {
        double least = Double.POSITIVE_INFINITY;
        double most = settings.givenTau2() > 0 ? Math.sqrt(settings.givenTau2()) : 0;
        boolean known = false;
        for (int row = 0; row < units.size(); row++) {
            final double stdError = units.precision()[row];
            known |= stdError == 0;
            least = stdError > 0 ? Math.min(least, stdError) : least;
            most = Math.max(most, Math.max(stdError, Math.abs(units.y()[row])));
        }
        final double mean = Double.isNaN(settings.givenMean()) ? 0 : Math.abs(settings.givenMean());
        most = Math.max(most, mean);
        if (least == Double.POSITIVE_INFINITY) {
            return BinaryUnit.near(most); // all are known
        }
        return between(known ? least * KnownUnits.NEGLIGIBLE : least, most,
            "The smallest standard error is %s, and estimates, standard errors or the given prior go up to %s");
    }

    private static BinaryUnit exposures(final Units units) {
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (final double exposure : units.precision()) {
            least = Math.min(least, exposure);
            most = Math.max(most, exposure);
        }
        return new BinaryUnit(-between(least, most, "Exposures go from %s to %s").exponent());
    }

    private static BinaryUnit between(final double least, final double most, final String what) {
        final int low = Math.getExponent(least);
        final int high = Math.getExponent(most);
        if (high - low > WIDEST) {
            throw new ModelException(String.format(what, Words.number(least), Words.number(most)) + ", more powers of "
                + "ten apart than can be computed with. Look for wrong numbers, or leave out the most extreme units.");
        }
        return low > -MODERATE && high < MODERATE ? BinaryUnit.ONE : BinaryUnit.of((low + high) / 2);
    }

    /** The size of a column's deviations from its first value, or from 0 where it cannot be shifted. */
    private static BinaryUnit unit(final Units units, final int column, final boolean shifted) {
        final double[] x = units.mean().x();
        final int p = units.mean().columns();
        final double first = shifted ? x[column] / 2 : 0;
        double largest = 0;
        for (int row = 0; row < units.size(); row++) {
            largest = Math.max(largest, Math.abs(x[row * p + column] / 2 - first));
        }
        return largest == 0 ? BinaryUnit.ONE : new BinaryUnit(Math.getExponent(largest) + 1);
    }

    /**
     * The mean of a column, weighted as for complete pooling, in its unit; known units weigh as the most precise one.
     */
    private static double origin(final Units units, final int column, final BinaryUnit unit) {
        final int p = units.mean().columns();
        final double first = unit.measure(units.mean().x()[column], 1);
        double least = Double.POSITIVE_INFINITY;
        for (final double stdError : units.precision()) {
            least = stdError > 0 ? Math.min(least, stdError) : least;
        }
        double weight = 0;
        double sum = 0;
        for (int row = 0; row < units.size(); row++) {
            final double root = units.precision()[row] > 0 ? least / units.precision()[row] : 1;
            final double w = root * root;
            weight += w;
            sum += w * (unit.measure(units.mean().x()[row * p + column], 1) - first);
        }
        return first + sum / weight;
    }

    /**
     * @param units units in their own coordinates
     * @param family what is observed
     * @return the same in these; what does not change is shared
     */
    Units measure(final Units units, final Family family) {
        final boolean same = theta.exponent() == 0 || family == Family.BETA_BINOMIAL;
        final double[] y = same || family != Family.GAUSSIAN ? units.y() : units.y().clone();
        final double[] precision = same ? units.precision() : units.precision().clone();
        for (int i = 0; !same && i < y.length; i++) {
            y[i] = family == Family.GAUSSIAN ? theta.measure(y[i], 1) : y[i];
            precision[i] = theta.measure(precision[i], family == Family.GAUSSIAN ? 1 : -1);
        }
        return new Units(units.name(), units.labels(), y, precision, measure(units.mean()), units.usable(),
            units.frequency());
    }

    private MeanDesign measure(final MeanDesign mean) {
        if (mean.x() == null) {
            return mean;
        }
        final double[] x = mean.x().clone();
        for (int i = 0; i < x.length; i++) {
            final int j = i % columns.length;
            x[i] = columns[j].measure(x[i], 1) - origins[j];
        }
        return mean.with(x);
    }

    /**
     * @param settings settings with a prior given in the data's own unit
     * @return with one given in this unit
     */
    EmpiricalBayesSettings measure(final EmpiricalBayesSettings settings) {
        return theta.exponent() == 0 ? settings
            : settings.withGiven(theta.measure(settings.givenTau2(), 2), theta.measure(settings.givenMean(), 1));
    }

    /**
     * @param x product of so many thetas
     * @param power how many
     * @return in their own unit; NaN if it lies outside the range of doubles
     */
    double restore(final double x, final int power) {
        return theta.restore(x, power);
    }

    /**
     * A coefficient as a linear function of those in these coordinates, but for its unit.
     *
     * @param column a column of the mean's design
     * @return length p
     */
    double[] coefficient(final int column) {
        final double[] l = new double[origins.length];
        l[column] = 1;
        for (int j = 1; j < l.length && column == 0; j++) {
            l[j] = -origins[j];
        }
        return l;
    }

    /**
     * @param column a column of the mean's design
     * @return the unit of its coefficient, u / s_j
     */
    BinaryUnit unit(final int column) {
        return new BinaryUnit(theta.exponent() - columns[column].exponent());
    }

    /**
     * @param hypothesis rows over the coefficients
     * @return rows over those in these coordinates, each up to a factor
     */
    double[][] hypothesis(final double[][] hypothesis) {
        final int p = origins.length;
        final double[][] rows = new double[hypothesis.length][p];
        for (int i = 0; i < rows.length; i++) {
            int largest = Integer.MIN_VALUE;
            for (int j = 0; j < p; j++) {
                largest = hypothesis[i][j] == 0 ? largest : Math.max(largest, unit(j).exponent());
            }
            for (int j = 0; j < p; j++) {
                final double weight =
                    hypothesis[i][j] == 0 ? 0 : Math.scalb(hypothesis[i][j], unit(j).exponent() - largest);
                final double[] l = coefficient(j);
                for (int k = 0; k < p && weight != 0; k++) {
                    rows[i][k] += weight * l[k];
                }
            }
        }
        return rows;
    }

    /**
     * @param n number of estimates
     * @param restricted number of coefficients that a restricted likelihood integrates out, 0 for a full one
     * @return what a log likelihood of estimates in these coordinates lacks to be that of estimates in their own
     */
    double logDensity(final int n, final int restricted) {
        double sum = -(n - restricted) * theta.log();
        for (int j = 0; j < restricted; j++) {
            sum -= columns[j].log();
        }
        return sum;
    }
}
