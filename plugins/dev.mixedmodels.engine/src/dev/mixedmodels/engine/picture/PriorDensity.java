package dev.mixedmodels.engine.picture;

import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.ShrinkageRow;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * The density of an estimated prior, from the table of its parameters.
 *
 * @param parameters table 2
 * @param scale what true values are multiplied by before they are shown; NaN where they are transformed otherwise
 */
record PriorDensity(List<CovarianceParameterRow> parameters, double scale) {
    private static final int POINTS = 161;
    private static final double MARGIN = 0.15;

    private double value(final String name) {
        return parameters.stream().filter(p -> p.parameter().equals(name)).findFirst()
            .map(CovarianceParameterRow::estimate).orElse(Double.NaN);
    }

    /**
     * The curve over a range of estimates. Where the prior mean depends on covariates, the average over some units.
     *
     * @param units whose prior means are averaged over
     * @return the curve; empty for a prior that is a point or consists of points
     */
    Optional<Line> line(final List<ShrinkageRow> units, final double least, final double most) {
        final DoubleUnaryOperator density = density(units);
        if (density == null || !(scale > 0)) {
            return Optional.empty();
        }
        final double margin = MARGIN * (most - least);
        final boolean positive = !Double.isNaN(value("shape")) || !Double.isNaN(value("alpha"));
        final double from = positive ? Math.max(0, least - margin) : least - margin;
        final double[] x = new double[POINTS];
        final double[] y = new double[POINTS];
        for (int i = 0; i < POINTS; i++) {
            x[i] = from + (most + margin - from) * i / (POINTS - 1);
            final double height = density.applyAsDouble(x[i] / scale) / scale;
            y[i] = Double.isFinite(height) ? height : Double.NaN;
        }
        return Optional.of(new Line("Prior", x, y));
    }

    private DoubleUnaryOperator density(final List<ShrinkageRow> units) {
        if (value("shape") > 0 && value("rate") > 0) {
            return new GammaDistribution(null, value("shape"), 1 / value("rate"))::density;
        } else if (value("alpha") > 0 && value("beta") > 0) {
            return new BetaDistribution(null, value("alpha"), value("beta"))::density;
        } else if (value("tau2") > 0 && parameters.size() == 1) {
            final NormalDistribution normal = new NormalDistribution(null, 0, Math.sqrt(value("tau2")));
            final double[] means = units.stream().mapToDouble(u -> u.priorMean() / scale).distinct().toArray();
            final double[] weights = new double[means.length];
            units.forEach(u -> weights[index(means, u.priorMean() / scale)] += 1.0 / units.size());
            return theta -> {
                double sum = 0;
                for (int i = 0; i < means.length; i++) {
                    sum += weights[i] * normal.density(theta - means[i]);
                }
                return sum;
            };
        }
        return null;
    }

    private static int index(final double[] values, final double value) {
        int at = 0;
        while (values[at] != value && !(Double.isNaN(value) && Double.isNaN(values[at]))) {
            at++;
        }
        return at;
    }
}
