package dev.mixedmodels.engine.oneway;

/**
 * The (restricted) likelihood along the variance ratio r = sigma2 / tau2. With w_i = n_i / (1 + n_i r), the
 * generalised least squares mean m(r) = sum w_i mean_i / sum w_i and
 * <pre>
 * q(r) = within + sum w_i (mean_i - m)^2
 * h(r) = sum log(1 + n_i r)   [ + log sum w_i under REML ]
 * </pre>
 * minus twice the log likelihood, maximised over mu, is m log(2 pi) + m log tau2 + h(r) + q(r) / tau2 with m = N under
 * ML and N - 1 under REML. Maximised over tau2 too (tau2 = q / m) it is m log(2 pi) + m + m log(q(r) / m) + h(r).
 * <p>
 * Source: Harville (1977) JASA 72:320-338; Searle, Casella &amp; McCulloch (1992) Variance Components, section 3.8.
 */
final class RatioCriterion {
    private final SizeClasses data;
    private final boolean restricted;
    private int evaluations;

    RatioCriterion(final SizeClasses data, final boolean restricted) {
        this.data = data;
        this.restricted = restricted;
    }

    /**
     * The functions at one ratio.
     *
     * @param ratio r
     * @param h sum of the log determinants
     * @param hSlope dh / dr
     * @param q residual sum of squares
     * @param qSlope dq / dr
     * @param between q - within
     */
    record Point(double ratio, double h, double hSlope, double q, double qSlope, double between) {
    }

    /** Error degrees of freedom m: N under ML, N - 1 under REML. */
    double df() {
        return restricted ? data.rows() - 1 : data.rows();
    }

    SizeClasses data() {
        return data;
    }

    boolean restricted() {
        return restricted;
    }

    int evaluations() {
        return evaluations;
    }

    /**
     * @param r the ratio, above -1 / (largest group size)
     * @return the functions at r
     */
    Point at(final double r) {
        evaluations++;
        final int classes = data.classes();
        double logs = 0;
        double precision = 0;
        double weighted = 0;
        double squared = 0;
        for (int k = 0; k < classes; k++) {
            final double w = data.size()[k] / (1 + data.size()[k] * r);
            logs += data.count()[k] * Math.log1p(data.size()[k] * r);
            precision += data.count()[k] * w;
            squared += data.count()[k] * w * w;
            weighted += data.count()[k] * w * data.mean()[k];
        }
        final double centre = weighted / precision;
        double between = 0;
        double qSlope = 0;
        for (int k = 0; k < classes; k++) {
            final double w = data.size()[k] / (1 + data.size()[k] * r);
            final double d = data.mean()[k] - centre;
            final double ss = w * (data.scatter()[k] + data.count()[k] * d * d);
            between += ss;
            qSlope -= w * ss;
        }
        final double h = restricted ? logs + Math.log(precision) : logs;
        final double hSlope = restricted ? precision - squared / precision : precision;
        return new Point(r, h, hSlope, data.within() + between, qSlope, between);
    }

    /** m log(q / m) + h: minus twice the profile log likelihood less m log(2 pi) + m. */
    double profile(final Point p) {
        return df() * Math.log(p.q() / df()) + p.h();
    }

    /** Derivative of the profile in r. */
    double profileSlope(final Point p) {
        return p.hSlope() + df() * p.qSlope() / p.q();
    }
}
