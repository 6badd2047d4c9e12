package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.numeric.Deviance;
import dev.mixedmodels.engine.numeric.Sampler;
import dev.mixedmodels.engine.numeric.Stirling;

/**
 * f(y | theta) of one unit for any theta. Positions are on a scale on which the likelihood of every unit has about the
 * same shape: theta itself, the root of a rate, the arc sine of the root of a probability.
 */
enum UnitLikelihood {
    /** Normal with known standard error. */
    GAUSSIAN {
        @Override
        double location(final double y, final double precision) {
            return y;
        }

        @Override
        double scale(final double precision) {
            return precision;
        }

        @Override
        double theta(final double position) {
            return position;
        }

        @Override
        double log(final double y, final double precision, final double position) {
            final double z = (y - position) / precision;
            return -0.5 * z * z - Math.log(precision * Math.sqrt(2 * Math.PI));
        }

        @Override
        double draw(final double theta, final double precision, final Sampler sampler) {
            return theta + precision * sampler.normal();
        }
    },
    /** Poisson with mean theta times exposure. */
    POISSON {
        @Override
        double location(final double y, final double precision) {
            return Math.sqrt(y / precision);
        }

        @Override
        double scale(final double precision) {
            return 0.5 / Math.sqrt(precision);
        }

        @Override
        double theta(final double position) {
            return position * position;
        }

        @Override
        double log(final double y, final double precision, final double position) {
            final double mu = position * position * precision;
            return -Deviance.of(y, mu, mu - y) - Stirling.factorial(y);
        }

        @Override
        double draw(final double theta, final double precision, final Sampler sampler) {
            return sampler.poisson(theta * precision);
        }
    },
    /** Binomial with probability theta. */
    BINOMIAL {
        @Override
        double location(final double y, final double precision) {
            return Math.asin(Math.sqrt(y / precision));
        }

        @Override
        double scale(final double precision) {
            return 0.5 / Math.sqrt(precision);
        }

        @Override
        double theta(final double position) {
            final double root = Math.sin(position);
            return root * root;
        }

        @Override
        double log(final double y, final double precision, final double position) {
            final double root = Math.cos(position);
            final double successes = precision * theta(position);
            final double failures = precision * (root * root);
            return Stirling.factorial(precision) - Stirling.factorial(y) - Stirling.factorial(precision - y)
                - Deviance.of(y, successes, successes - y)
                - Deviance.of(precision - y, failures, y - successes);
        }

        @Override
        double draw(final double theta, final double precision, final Sampler sampler) {
            return sampler.binomial(precision, theta);
        }
    };

    /**
     * @return weight of the unit in an average of thetas: the inverse variance, exposure or trials
     */
    double information(final double precision) {
        return this == GAUSSIAN ? 1 / (precision * precision) : precision;
    }

    /**
     * @return the unit's own estimate of theta times its weight
     */
    double amount(final double y, final double precision) {
        return this == GAUSSIAN ? y / (precision * precision) : y;
    }

    static UnitLikelihood of(final Family family) {
        return switch (family) {
            case GAUSSIAN -> GAUSSIAN;
            case POISSON_GAMMA -> POISSON;
            case BETA_BINOMIAL -> BINOMIAL;
        };
    }

    /** Position at which the unit's own likelihood is largest. */
    abstract double location(double y, double precision);

    /** Width of the unit's likelihood on the scale of positions. */
    abstract double scale(double precision);

    /** theta at a position. */
    abstract double theta(double position);

    /** log f(y | theta at the position). */
    abstract double log(double y, double precision, double position);

    /** A draw of y given theta. */
    abstract double draw(double theta, double precision, Sampler sampler);
}
