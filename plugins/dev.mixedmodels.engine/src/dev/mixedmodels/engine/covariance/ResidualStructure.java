package dev.mixedmodels.engine.covariance;

import dev.mixedmodels.engine.covariance.MarkovCorrelation.Link;

/**
 * The table of correlation structures of the residuals of one subject, each with at most one parameter rho, which the
 * optimiser sees through an unconstrained psi.
 */
public enum ResidualStructure {
    /** No correlation. */
    INDEPENDENT("Independent", 0) {
        @Override
        public SubjectCorrelation at(final double psi, final int maxRows) {
            return new MarkovCorrelation(gap -> Link.of(0, 1, 0, 0), true);
        }

        @Override
        public ParameterMap rho(final double psi, final int maxRows) {
            return new ParameterMap(0, 0, 0);
        }

        @Override
        public double psi(final double rho, final int maxRows) {
            return 0;
        }
    },
    /** rho^k for rows k places apart in order of time, whatever the gap; -1 &lt; rho = tanh(psi) &lt; 1. */
    AR1("AR(1)", 1) {
        @Override
        public SubjectCorrelation at(final double psi, final int maxRows) {
            final ParameterMap rho = rho(psi, maxRows);
            final Link link = Link.of(rho.value(), rho.first(), rho.first(), rho.second());
            return new MarkovCorrelation(gap -> link, true);
        }

        @Override
        public ParameterMap rho(final double psi, final int maxRows) {
            final double value = Math.tanh(psi);
            final double sech = 1 / Math.cosh(psi);
            return new ParameterMap(value, sech * sech, -2 * value * sech * sech);
        }

        @Override
        public double psi(final double rho, final int maxRows) {
            return (Math.log1p(rho) - Math.log1p(-rho)) / 2;
        }
    },
    /** rho^gap for rows a time gap apart; 0 &lt;= rho = exp(-exp(psi)) &lt; 1 for a gap of one unit of time. */
    CONTINUOUS_AR1("AR(1) in continuous time", 1) {
        @Override
        public SubjectCorrelation at(final double psi, final int maxRows) {
            final double rate = Math.exp(psi);
            return new MarkovCorrelation(gap -> link(rate * gap), false);
        }

        /** r = exp(-x) where dx / dpsi = x. */
        private static Link link(final double x) {
            final double r = Math.exp(-x);
            final double v = r * r < NEAR_ONE ? 1 - r * r : -Math.expm1(-2 * x); // which is slow
            return Link.of(r, v, -x * r, x * (x - 1) * r);
        }

        @Override
        public ParameterMap rho(final double psi, final int maxRows) {
            final Link link = link(Math.exp(psi));
            return new ParameterMap(link.r(), link.first(), link.second());
        }

        @Override
        public double psi(final double rho, final int maxRows) {
            return Math.log(-Math.log(rho));
        }

        @Override
        public double least(final int maxRows) {
            return 0;
        }
    },
    /** rho between any two rows; -1/(n-1) &lt; rho &lt; 1 with n the largest number of rows of a subject. */
    COMPOUND_SYMMETRY("Compound symmetry", 1) {
        @Override
        public SubjectCorrelation at(final double psi, final int maxRows) {
            final ParameterMap rho = rho(psi, maxRows);
            return new ExchangeableCorrelation(rho.value(), rho.first(), rho.second());
        }

        @Override
        public ParameterMap rho(final double psi, final int maxRows) {
            final double width = 1 - least(maxRows);
            final double p = 1 / (1 + Math.exp(-psi));
            final double slope = p / (1 + Math.exp(psi));
            return new ParameterMap(least(maxRows) + width * p, width * slope, width * slope * (1 - 2 * p));
        }

        @Override
        public double psi(final double rho, final int maxRows) {
            return Math.log(rho - least(maxRows)) - Math.log1p(-rho);
        }

        @Override
        public double least(final int maxRows) {
            return -1.0 / Math.max(1, maxRows - 1);
        }
    };

    /**
     * A reported parameter as a function of the optimiser's.
     *
     * @param value rho
     * @param first drho / dpsi
     * @param second d2rho / dpsi2
     */
    public record ParameterMap(double value, double first, double second) {
    }

    /** Up to this square of a correlation 1 - r^2 has all its digits but two or three bits. */
    private static final double NEAR_ONE = 0.75;

    private final String label;
    private final int parameters;

    ResidualStructure(final String label, final int parameters) {
        this.label = label;
        this.parameters = parameters;
    }

    /**
     * @return the name in words, as dialogs show it
     */
    @Override
    public String toString() {
        return label;
    }

    /**
     * @return 0 or 1
     */
    public int parameters() {
        return parameters;
    }

    /**
     * @param maxRows the largest number of rows of a subject
     * @return the lower limit of rho
     */
    public double least(final int maxRows) {
        return -1;
    }

    /**
     * @return whether the order of the rows of a subject matters, so that its times must differ
     */
    public boolean ordered() {
        return this == AR1 || this == CONTINUOUS_AR1;
    }

    /**
     * @param psi the unconstrained parameter; of no meaning where there is none
     * @param maxRows the largest number of rows of a subject
     * @return the correlation of one subject's residuals, a workspace of its own
     */
    public abstract SubjectCorrelation at(double psi, int maxRows);

    /**
     * @param psi the unconstrained parameter
     * @param maxRows the largest number of rows of a subject
     * @return rho and its derivatives
     */
    public abstract ParameterMap rho(double psi, int maxRows);

    /**
     * @param rho strictly within its range
     * @param maxRows the largest number of rows of a subject
     * @return the psi of this rho
     */
    public abstract double psi(double rho, int maxRows);
}
