package dev.mixedmodels.engine.covariance;

import dev.mixedmodels.engine.covariance.MarkovCorrelation.Link;

/** The parameters that correlations have, each as a function of the optimiser's psi. */
public enum CorrelationParameter {
    /** Correlation of neighbours, -1 &lt; rho = tanh(psi) &lt; 1. */
    RHO("rho") {
        @Override
        public ParameterMap map(final double psi, final int maxRows) {
            return ParameterMap.tanh(psi);
        }

        @Override
        public double bound(final int sign, final Extent extent) {
            return sign * MOST_ARTANH;
        }

        @Override
        public double start(final Extent extent) {
            return ParameterMap.artanh(START_CORRELATION);
        }
    },
    /** Correlation at distance 1, 0 &lt;= rho = exp(-exp(psi)) &lt; 1. */
    RHO_OF_TIME("rho") {
        @Override
        public ParameterMap map(final double psi, final int maxRows) {
            final Link link = Link.ofDecay(Math.exp(psi), 1);
            return new ParameterMap(link.r(), link.first(), link.second());
        }

        @Override
        public double bound(final int sign, final Extent extent) {
            return sign > 0 ? -RANGE.bound(-1, extent) : Math.log(LEAST_DECAY / extent.longest());
        }

        @Override
        public double start(final Extent extent) {
            return -RANGE.start(extent);
        }

        @Override
        public int direction() {
            return -1;
        }

        @Override
        public double least(final int maxRows) {
            return 0;
        }
    },
    /** Correlation of any two rows, -1/(n-1) &lt; rho &lt; 1 with n the largest number of rows of a subject. */
    RHO_OF_ALL("rho") {
        @Override
        public ParameterMap map(final double psi, final int maxRows) {
            final double width = 1 - least(maxRows);
            final double p = 1 / (1 + Math.exp(-psi));
            final double slope = p / (1 + Math.exp(psi));
            return new ParameterMap(least(maxRows) + width * p, width * slope, width * slope * (1 - 2 * p));
        }

        @Override
        public double bound(final int sign, final Extent extent) {
            return sign * MOST_LOGIT;
        }

        @Override
        public double start(final Extent extent) {
            final double least = least(extent.maxRows());
            return Math.log(START_CORRELATION - least) - Math.log1p(-START_CORRELATION);
        }

        @Override
        public double least(final int maxRows) {
            return -1.0 / Math.max(1, maxRows - 1);
        }
    },
    /**
     * Correlation of neighbours gamma = (rho + psi) / 2, -1 &lt;= psi &lt;= 1, where rho is the parameter before: see
     * {@link ArmaShape}.
     */
    GAMMA("gamma1") {
        @Override
        public double bound(final int sign, final Extent extent) {
            return sign;
        }

        @Override
        public double start(final Extent extent) {
            return START_CORRELATION;
        }

        @Override
        public double withBefore() {
            return 0.5;
        }
    },
    /** Unit of distance, range = exp(psi). */
    RANGE("range") {
        @Override
        public ParameterMap map(final double psi, final int maxRows) {
            final double value = Math.exp(psi);
            return new ParameterMap(value, value, value);
        }

        @Override
        public double bound(final int sign, final Extent extent) {
            return sign < 0 ? Math.log(extent.shortest() / DistanceDecay.EXPONENTIAL.reach())
                : Math.log(extent.longest() * MOST_DISTANCES);
        }

        @Override
        public double start(final Extent extent) {
            return Math.log(extent.typical() / Math.log(2));
        }

        @Override
        public double least(final int maxRows) {
            return 0;
        }

        @Override
        public double most() {
            return Double.POSITIVE_INFINITY;
        }
    },
    /** Part of the variance that rows at one place have not in common, 0 &lt;= nugget = psi &lt;= 1. */
    NUGGET("nugget") {
        @Override
        public double bound(final int sign, final Extent extent) {
            return sign < 0 ? 0 : 1;
        }

        @Override
        public double start(final Extent extent) {
            return START_NUGGET;
        }

        @Override
        public double least(final int maxRows) {
            return 0;
        }
    };

    private static final double MOST_ARTANH = 9;
    private static final double MOST_LOGIT = 18;
    private static final double LEAST_DECAY = 1e-9;
    /** A range of so many times the longest distance: correlations differ as they would with any longer one. */
    private static final double MOST_DISTANCES = 1000;
    private static final double START_CORRELATION = 0.3;
    private static final double START_NUGGET = 0.2;

    private final String label;

    CorrelationParameter(final String label) {
        this.label = label;
    }

    /**
     * @return its name in the tables
     */
    @Override
    public String toString() {
        return label;
    }

    /**
     * @param psi the optimiser's parameter
     * @param maxRows the largest number of rows of a subject
     * @return the value, psi itself if nothing else is said, and its derivatives
     */
    public ParameterMap map(final double psi, final int maxRows) {
        return new ParameterMap(psi, 1, 0);
    }

    /**
     * @param sign -1 or 1
     * @param extent of the rows
     * @return least or largest psi, beyond which nothing changes
     */
    public abstract double bound(int sign, Extent extent);

    /**
     * @param extent of the rows
     * @return the psi that a search begins with
     */
    public abstract double start(Extent extent);

    /**
     * @param maxRows the largest number of rows of a subject
     * @return the lower limit of the value
     */
    public double least(final int maxRows) {
        return -1;
    }

    /**
     * @return the upper limit of the value
     */
    public double most() {
        return 1;
    }

    /**
     * @return 1 if correlations rise with psi, -1 if they fall
     */
    public int direction() {
        return 1;
    }

    /**
     * @return what is reported is the value; or, if this weight w is not 0, w times the value and w times that of the
     *         parameter before
     */
    public double withBefore() {
        return 0;
    }
}
