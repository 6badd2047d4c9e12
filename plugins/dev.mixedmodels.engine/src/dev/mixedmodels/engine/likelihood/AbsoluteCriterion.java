package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.fit.FreeCoordinates;
import dev.mixedmodels.engine.optimise.Objective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * -2 log (restricted) likelihood as a function of coordinates x of F and lambda = log sigma2, with D = F F' of all
 * factors and Lambda = F exp(-lambda / 2): f = log |V| + [log |C|] + nu (log 2 pi + lambda) + r2 exp(-lambda). With T_k
 * and w_k the derivatives of F and lambda by x_k, Lambda moves along E_k = exp(-lambda / 2) T_k - w_k Lambda / 2 and
 * <pre>
 * Lambda_kl = exp(-lambda / 2) F_kl - w_k E_l / 2 - w_l E_k / 2 - w_k w_l Lambda / 4
 * f_k  = g(E_k) + (nu - r2 exp(-lambda)) w_k
 * f_kl = h(E_k, E_l) + g(Lambda_kl) - (r2_k w_l + w_k r2_l - r2 w_k w_l) exp(-lambda)
 * </pre>
 * where g and h are the derivatives at a fixed lambda, which the likelihood has for any family of Lambda linear in its
 * parameters: here the parts of T_k and F_kl by factor and Lambda itself, of which multiples of a number are one.
 */
final class AbsoluteCriterion implements Objective {
    private final BlockedStatistics statistics;
    private final boolean reml;
    private final FreeCoordinates coordinates;
    private final int[] effects;
    private double[] lastX;
    private Family last;

    /**
     * @param statistics of the rows
     * @param reml restricted or full maximum likelihood
     * @param coordinates with log sigma2 as last entry of z
     */
    AbsoluteCriterion(final BlockedStatistics statistics, final boolean reml, final FreeCoordinates coordinates) {
        this.statistics = statistics;
        this.reml = reml;
        this.coordinates = coordinates;
        effects = statistics.data.effects();
    }

    /** So much of a matrix of the basis. */
    private record Part(int place, double weight) {
    }

    /** Matrices in which Lambda is linear near a point: whose parameter of the likelihood's family each is part of. */
    private final class Family {
        private final double[] z;
        private final double[][] tangents;
        private final List<Integer> factor = new ArrayList<>();
        private final List<double[]> basis = new ArrayList<>();
        /** Of each coordinate and pair of coordinates its parts in the basis. */
        private final List<List<Part>> parts = new ArrayList<>();
        private final List<Integer> curved = new ArrayList<>();
        private final List<Part> ofLambda;
        private final BlockedPoint point;

        private Family(final double[] x) {
            z = coordinates.at(x);
            tangents = coordinates.tangents(x);
            for (final double[] tangent : tangents) {
                parts.add(add(tangent));
            }
            for (int k = 0; k < x.length; k++) {
                for (int l = 0; l <= k; l++) {
                    final double[] curvature = coordinates.curvature(x, k, l);
                    if (curvature != null) {
                        curved.add(k * x.length + l);
                        parts.add(add(curvature));
                    }
                }
            }
            ofLambda = add(z);
            final double[] theta = new double[basis.size()];
            ofLambda.forEach(part -> theta[part.place] = part.weight);
            point = new BlockedPls(statistics, reml, new RelativeFactors(effects,
                RelativeFactors.parts(effects, new double[z.length]), factor.stream().mapToInt(Integer::intValue)
                .toArray(), basis.toArray(new double[0][]))).at(theta);
        }

        private double logScale() {
            return z[z.length - 1];
        }

        private double scaleSlope(final int k) {
            return tangents[k][z.length - 1];
        }

        /**
         * The parts of a matrix by factor, in the basis, which takes in what is no multiple of a matrix that it has.
         */
        private List<Part> add(final double[] f) {
            final double root = Math.exp(-logScale() / 2);
            final double[][] blocks = RelativeFactors.parts(effects, f);
            final List<Part> places = new ArrayList<>();
            for (int k = 0; k < effects.length; k++) {
                final double[] block = Arrays.stream(blocks[k]).map(value -> root * value).toArray();
                if (Arrays.stream(block).anyMatch(value -> value != 0)) {
                    places.add(part(k, block));
                }
            }
            return places;
        }

        private Part part(final int k, final double[] block) {
            for (int place = 0; place < basis.size() && block.length == 1; place++) {
                if (factor.get(place) == k) {
                    return new Part(place, block[0] / basis.get(place)[0]);
                }
            }
            factor.add(k);
            basis.add(block);
            return new Part(basis.size() - 1, 1);
        }

        /** A linear function of Lambda, given by its values on the basis, of E_k. */
        private double along(final double[] values, final int k) {
            return sum(values, parts.get(k)) - scaleSlope(k) / 2 * sum(values, ofLambda);
        }

        private static double sum(final double[] values, final List<Part> parts) {
            return parts.stream().mapToDouble(part -> part.weight * values[part.place]).sum();
        }
    }

    @Override
    public double value(final double[] x, final double[] gradient, final double[][] hessian) {
        if (!Arrays.equals(x, lastX)) {
            lastX = x.clone();
            last = new Family(lastX);
        }
        if (last.point == null) {
            return Double.NaN;
        }
        final double nu = last.point.mean().nu(reml, statistics.rows());
        final double sigma2 = Math.exp(last.logScale());
        final double fit = last.point.mean().r2() / sigma2;
        if (gradient != null) {
            differentiate(sigma2, nu, fit, gradient, hessian);
        }
        final MeanFit mean = last.point.mean();
        return mean.logDetV() + (reml ? mean.logDetC() : 0) + nu * (Math.log(2 * Math.PI) + last.logScale()) + fit;
    }

    private void differentiate(final double sigma2, final double nu, final double fit, final double[] gradient,
        final double[][] hessian) {
        final double[][] h = hessian == null ? null : last.point.curvature(reml, sigma2); // which brings the gradient
        final PlsDerivatives first = last.point.gradient();
        final double[] r2 = Arrays.stream(first.r2()).map(r -> r / sigma2).toArray();
        final double[] g = first.logDeterminants(reml);
        Arrays.setAll(g, a -> g[a] + r2[a]);
        final int n = gradient.length;
        for (int k = 0; k < n; k++) {
            gradient[k] = last.along(g, k) + (nu - fit) * last.scaleSlope(k);
        }
        if (hessian == null) {
            return;
        }
        for (int k = 0; k < n; k++) {
            final int row = k;
            final double[] along = IntStream.range(0, h.length).mapToDouble(a -> last.along(h[a], row)).toArray();
            for (int l = 0; l <= k; l++) {
                final double wk = last.scaleSlope(k);
                final double wl = last.scaleSlope(l);
                final int curved = last.curved.indexOf(k * n + l);
                hessian[k][l] = last.along(along, l) + (curved < 0 ? 0 : Family.sum(g, last.parts.get(n + curved)))
                    - wk / 2 * last.along(g, l) - wl / 2 * last.along(g, k) - wk * wl / 4 * Family.sum(g, last.ofLambda)
                    - last.along(r2, k) * wl - wk * last.along(r2, l) + fit * wk * wl;
                hessian[l][k] = hessian[k][l];
            }
        }
    }

    @Override
    public double rounding() {
        return last == null || last.point == null ? 0 : last.point.mean()
            .nu(reml, statistics.rows()) * last.point.rounding();
    }
}
