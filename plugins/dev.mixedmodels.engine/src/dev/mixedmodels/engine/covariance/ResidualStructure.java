package dev.mixedmodels.engine.covariance;

import dev.mixedmodels.engine.covariance.MarkovCorrelation.Link;
import java.util.Arrays;
import java.util.List;

/**
 * The table of correlation structures of the rows of one subject, whose parameters the optimiser sees through psi. One
 * more structure is one more entry here, and one in the dialogs of the nodes that offer it.
 */
public enum ResidualStructure {
    /** No correlation. */
    INDEPENDENT("Independent", "independent", Order.NONE) {
        @Override
        public SubjectCorrelation at(final double[] psi, final int maxRows, final int dimensions) {
            return new MarkovCorrelation(gap -> Link.of(0, 1, 0, 0), true);
        }
    },
    /** rho^k for rows k places apart in order of time, whatever the gap. */
    AR1("AR(1)", "correlated rho^k between rows k places apart in order of %s", Order.STEPS, CorrelationParameter.RHO) {
        @Override
        public SubjectCorrelation at(final double[] psi, final int maxRows, final int dimensions) {
            final ParameterMap rho = CorrelationParameter.RHO.map(psi[0], maxRows);
            final Link link = Link.of(rho.value(), rho.first(), rho.first(), rho.second());
            return new MarkovCorrelation(gap -> link, true);
        }
    },
    /** rho^gap for rows a time gap apart. */
    CONTINUOUS_AR1("AR(1) in continuous time", "correlated rho^|t - t'| between the times t and t' of %s", Order.PLACES,
        CorrelationParameter.RHO_OF_TIME) {
        @Override
        public SubjectCorrelation at(final double[] psi, final int maxRows, final int dimensions) {
            final double rate = Math.exp(psi[0]);
            return new MarkovCorrelation(gap -> Link.ofDecay(rate * gap, 1), false);
        }
    },
    /** rho between any two rows. */
    COMPOUND_SYMMETRY("Compound symmetry", "correlated rho between any two rows of a subject", Order.NONE,
        CorrelationParameter.RHO_OF_ALL) {
        @Override
        public SubjectCorrelation at(final double[] psi, final int maxRows, final int dimensions) {
            final ParameterMap rho = CorrelationParameter.RHO_OF_ALL.map(psi[0], maxRows);
            return new ExchangeableCorrelation(rho.value(), rho.first(), rho.second());
        }
    },
    /** gamma1 rho^(k-1) for rows k places apart in order of time, whatever the gap. */
    ARMA11("ARMA(1,1)", "correlated gamma1 rho^(k-1) between rows k places apart in order of %s", Order.STEPS,
        CorrelationParameter.RHO, CorrelationParameter.GAMMA) {
        @Override
        public SubjectCorrelation at(final double[] psi, final int maxRows, final int dimensions) {
            return new DenseCorrelation((positions, start, n) -> ArmaShape.at(n, psi));
        }
    },
    /** exp(-d/range) for rows a distance d apart. */
    EXPONENTIAL("Exponential", "correlated exp(-d/range) at the distance d in %s", DistanceDecay.EXPONENTIAL, false),
    /** (1 - nugget) exp(-d/range). */
    EXPONENTIAL_NUGGET("Exponential with nugget", "correlated (1 - nugget) exp(-d/range) at the distance d in %s",
        DistanceDecay.EXPONENTIAL, true),
    /** exp(-(d/range)^2). */
    GAUSSIAN("Gaussian", "correlated exp(-(d/range)^2) at the distance d in %s", DistanceDecay.GAUSSIAN, false),
    /** (1 - nugget) exp(-(d/range)^2). */
    GAUSSIAN_NUGGET("Gaussian with nugget", "correlated (1 - nugget) exp(-(d/range)^2) at the distance d in %s",
        DistanceDecay.GAUSSIAN, true),
    /** 1 - 3 (d/range) / 2 + (d/range)^3 / 2 up to the range, 0 beyond. */
    SPHERICAL("Spherical", "correlated 1 - 1.5 (d/range) + 0.5 (d/range)^3 up to the distance d = range in %s",
        DistanceDecay.SPHERICAL, false),
    /** 1 - nugget times the same. */
    SPHERICAL_NUGGET("Spherical with nugget", "correlated (1 - nugget) (1 - 1.5 (d/range) + 0.5 (d/range)^3) up to the "
        + "distance d = range in %s", DistanceDecay.SPHERICAL, true);

    /** Of {@link #boundariesOf}: no special case. */
    public static final int OTHER = -1;
    /** Of {@link #boundariesOf}: a special case in which another parameter has no meaning. */
    public static final int MEANINGLESS = -2;

    /** What of the rows of a subject the correlations go by. */
    private enum Order {
        NONE, STEPS, PLACES
    }

    /** Up to this square of a correlation 1 - r^2 has all its digits but two or three bits. */
    private static final double NEAR_ONE = 0.75;

    private final String label;
    private final String words;
    private final Order order;
    private final DistanceDecay decay;
    private final List<CorrelationParameter> parameters;

    ResidualStructure(final String label, final String words, final Order order,
        final CorrelationParameter... parameters) {
        this.label = label;
        this.words = words;
        this.order = order;
        this.parameters = List.of(parameters);
        decay = null;
    }

    ResidualStructure(final String label, final String words, final DistanceDecay decay, final boolean nugget) {
        this.label = label;
        this.words = words;
        order = Order.PLACES;
        this.decay = decay;
        parameters = nugget ? List.of(CorrelationParameter.RANGE, CorrelationParameter.NUGGET)
            : List.of(CorrelationParameter.RANGE);
    }

    /**
     * @return the name in words, as dialogs show it
     */
    @Override
    public String toString() {
        return label;
    }

    /**
     * @param columns that tell time or place
     * @return the structure in words, after "residuals are"
     */
    public String words(final String columns) {
        return String.format(words, columns);
    }

    /**
     * @return the parameters in the order of psi
     */
    public List<CorrelationParameter> parameters() {
        return parameters;
    }

    /**
     * @return 1 if correlations rise with the first psi, -1 if they fall
     */
    public int direction() {
        return parameters.get(0).direction();
    }

    /**
     * @return whether the correlation of rows near one another is 1 - O(d^2), so that their R has hardly an inverse:
     *         its condition number is that of a polynomial of high degree
     */
    public boolean nearlySingular() {
        return this == GAUSSIAN || this == GAUSSIAN_NUGGET;
    }

    /**
     * @return whether the order of the rows of a subject in time matters
     */
    public boolean ordered() {
        return order != Order.NONE;
    }

    /**
     * @return whether distances of rows matter, not only their order
     */
    public boolean overDistance() {
        return order == Order.PLACES;
    }

    /**
     * @return whether two rows at one place may differ
     */
    public boolean nugget() {
        return parameters.contains(CorrelationParameter.NUGGET);
    }

    /**
     * @param other another structure
     * @return boundaries of this one that its matrices of that structure lie on: 0 if they are inside; {@link #OTHER}
     *         if not all matrices of that structure are among those of this one, {@link #MEANINGLESS} if they are where
     *         another parameter has no meaning
     */
    public int boundariesOf(final ResidualStructure other) {
        if (other == this) {
            return 0;
        }
        if (other == INDEPENDENT) {
            return parameters.size() > 1 ? MEANINGLESS : overDistance() ? 1 : 0;
        }
        if (other == AR1) {
            return this == ARMA11 ? 0 : OTHER;
        }
        return overDistance() && other.overDistance() && family() == other.family() && !other.nugget() ? nugget()
            ? 1 : 0 : OTHER;
    }

    /**
     * @return whether correlations are twice differentiable in their parameters at all distances
     */
    public boolean smooth() {
        return decay != DistanceDecay.SPHERICAL;
    }

    private DistanceDecay family() {
        return this == CONTINUOUS_AR1 ? DistanceDecay.EXPONENTIAL : decay;
    }

    /**
     * @param psi the optimiser's parameters
     * @param maxRows the largest number of rows of a subject
     * @param dimensions of the places of rows; in one, rows must come in rising order
     * @return the correlation of one subject's rows, a workspace of its own
     */
    public SubjectCorrelation at(final double[] psi, final int maxRows, final int dimensions) {
        if (this == EXPONENTIAL && dimensions == 1) {
            final double rate = Math.exp(-psi[0]);
            return new MarkovCorrelation(gap -> Link.ofDecay(rate * gap, -1), false);
        }
        return new DenseCorrelation((positions, start, n) -> overDistances(psi, positions, start, n));
    }

    private DistancePoint overDistances(final double[] psi, final double[][] positions, final int start, final int n) {
        return new DistancePoint(family(), this == CONTINUOUS_AR1 ? -psi[0] : psi[0], nugget() ? psi[1] : 0, positions,
            start, n);
    }

    /**
     * The matrix R of some rows.
     *
     * @param psi the optimiser's parameters
     * @param maxRows the largest number of rows of a subject
     * @param positions coordinates, each of all rows; rows in any order where distances matter
     * @param start the first row
     * @param n number of rows
     * @return R, n x n, row-major
     */
    public double[] matrix(final double[] psi, final int maxRows, final double[][] positions, final int start,
        final int n) {
        final double[] r = new double[n * n];
        if (overDistance()) {
            overDistances(psi, positions, start, n).value(r);
            return r;
        }
        for (int i = 0; i < n; i++) {
            r[i * n + i] = 1;
        }
        final SubjectCorrelation correlation = at(psi, maxRows, positions.length);
        correlation.prepare(positions, start, n);
        correlation.transposedUnwhiten(r, n);
        correlation.unwhiten(r, n);
        return r;
    }

    /**
     * @param sign -1 or 1
     * @param extent of the rows
     * @return least or largest psi, beyond which nothing changes
     */
    public double[] bounds(final int sign, final Extent extent) {
        final double[] bounds = parameters.stream().mapToDouble(parameter -> parameter.bound(sign, extent)).toArray();
        if (sign < 0 && decay != null) {
            bounds[0] += Math.log(DistanceDecay.EXPONENTIAL.reach() / decay.reach());
        }
        return bounds;
    }

    /**
     * @param psi the optimiser's parameters
     * @param extent of the rows
     * @return the reported parameters with their first and second derivatives by psi; exactly 0 where psi is at the
     *         bound that stands for no correlation at any distance
     */
    public List<Jet> values(final double[] psi, final Extent extent) {
        final Jet[] values = new Jet[psi.length];
        final boolean fades = overDistance() && (this == CONTINUOUS_AR1 ? psi[0] >= bounds(1, extent)[0]
            : psi[0] <= bounds(-1, extent)[0]);
        for (int k = 0; k < psi.length; k++) {
            final CorrelationParameter parameter = parameters.get(k);
            final ParameterMap map = fades && k == 0 ? new ParameterMap(0, 0, 0)
                : parameter.map(psi[k], extent.maxRows());
            final Jet own = map.jet(k, psi.length);
            final double w = parameter.withBefore();
            values[k] = w == 0 ? own : own.plus(values[k - 1]).times(Jet.constant(w, psi.length));
        }
        return Arrays.asList(values);
    }
}
