package dev.mixedmodels.engine.report;

import dev.mixedmodels.engine.common.Words;
import java.util.Locale;

/**
 * The likelihood at its maximum and the criteria that weigh it against the number of parameters. As lme4 has them, they
 * count the coefficients also where the likelihood is restricted, and take the number of rows for n.
 *
 * @param deviance -2 log (restricted) likelihood; NaN if there is none
 * @param coefficients number of coefficients of the mean
 * @param covariances number of covariance parameters
 * @param rows number n of observations
 */
public record LikelihoodFigures(double deviance, int coefficients, int covariances, double rows) {

    /**
     * @return the number k of all parameters
     */
    public int parameters() {
        return coefficients + covariances;
    }

    /**
     * @return Akaike's criterion, deviance + 2 k
     */
    public double aic() {
        return deviance + 2 * parameters();
    }

    /**
     * @return Hurvich and Tsai's, deviance + 2 k n / (n - k - 1); NaN where n is at most k + 1
     */
    public double aicc() {
        final double k = parameters();
        return rows > k + 1 ? deviance + 2 * k * rows / (rows - k - 1) : Double.NaN;
    }

    /**
     * @return Schwarz's, deviance + k log n
     */
    public double bic() {
        return deviance + parameters() * Math.log(rows);
    }

    /**
     * @return how many parameters there are of which kind, as a sentence
     */
    public String counted() {
        return Words.count(parameters(), "parameter") + ": " + Words.count(coefficients, "fixed effect") + ", "
            + Words.count(covariances, "covariance parameter") + ".";
    }

    /**
     * SAS leaves the coefficients out where the likelihood is restricted, and takes the number of units for n.
     *
     * @param restricted whether the likelihood is
     * @param units number of units
     * @param what they are, with their number if the reader cannot know it
     * @return AIC and BIC as SAS has them, in a sentence
     */
    public String sas(final boolean restricted, final int units, final String what) {
        final int counted = restricted ? covariances : parameters();
        return String.format(Locale.ROOT, "SAS counts %s and takes %s for n: AIC %.10g, BIC %.10g.",
            Words.count(counted, "parameter"), what, deviance + 2 * counted, deviance + counted * Math.log(units));
    }
}
