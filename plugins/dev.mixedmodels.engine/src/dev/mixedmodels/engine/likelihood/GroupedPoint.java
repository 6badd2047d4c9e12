package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.numeric.Parallel;
import dev.mixedmodels.engine.statistics.GroupReduction;

/**
 * A {@link GroupedPls} at one theta. First and second derivatives are exact, also where Lambda is singular, because they
 * are taken by way of G = Lambda Lambda'.
 */
final class GroupedPoint implements PlsPoint {
    private final GroupReduction data;
    private final RelativeFactors factors;
    private final double[] lambda;
    private final MeanFit mean;
    private final int q;
    private final int p;
    /** Computed when they are first asked for. */
    private UnitMoments moments;

    GroupedPoint(final GroupReduction data, final RelativeFactors factors, final double[] lambda, final MeanFit mean) {
        this.data = data;
        this.factors = factors;
        this.lambda = lambda;
        this.mean = mean;
        q = data.effects();
        p = data.fixedEffects();
    }

    @Override
    public MeanFit mean() {
        return mean;
    }

    @Override
    public double rounding() {
        return 0; // sums of squares, nothing is subtracted
    }

    private UnitMoments moments() {
        if (moments == null) {
            final UnitMoments[] parts =
                new UnitMoments[(data.levels() + GroupedPls.UNITS_PER_CHUNK - 1) / GroupedPls.UNITS_PER_CHUNK];
            Parallel.forEach(parts.length, chunk -> {
                final UnitMoments part = new UnitMoments(q, p);
                final WhitenedUnit unit = new WhitenedUnit(data, lambda);
                final int end = Math.min(data.levels(), (chunk + 1) * GroupedPls.UNITS_PER_CHUNK);
                for (int j = chunk * GroupedPls.UNITS_PER_CHUNK; j < end; j++) {
                    unit.whiten(j, true);
                    unit.project();
                    part.add(unit.w, unit.zx, mean.beta(), mean.phi());
                }
                parts[chunk] = part;
            });
            for (int c = 1; c < parts.length; c++) {
                parts[0].add(parts[c]);
            }
            moments = parts[0];
        }
        return moments;
    }

    private double[] direction(final int a) {
        return factors.first(a, new double[][] {lambda});
    }

    @Override
    public PlsDerivatives gradient() {
        final UnitMoments sums = moments();
        final PlsDerivatives gradient = PlsDerivatives.zero(factors.parameters());
        for (int a = 0; a < factors.parameters(); a++) {
            final double[] g = direction(a);
            gradient.logDetV()[a] = UnitMoments.trace(g, sums.w);
            gradient.logDetC()[a] = -UnitMoments.trace(g, sums.k);
            gradient.r2()[a] = -UnitMoments.trace(g, sums.ss);
        }
        return gradient;
    }

    @Override
    public PlsDerivatives hessian(final Progress progress) {
        progress.check();
        final UnitMoments sums = moments();
        final int m = factors.parameters();
        final PlsDerivatives hessian = PlsDerivatives.zero(m * m);
        for (int a = 0; a < m; a++) {
            final double[] f = direction(a);
            final double[] fixedA = SmallMatrix.multiply(mean.phi(), sums.information(f), p);
            final double[] scoreA = sums.score(f);
            for (int b = 0; b <= a; b++) {
                final double[] g = direction(b);
                final double[] fg = factors.second(a, b);
                final double[] fixedB = SmallMatrix.multiply(mean.phi(), sums.information(g), p);
                // log|V|: -tr(V^-1 V_a V^-1 V_b) + tr(V^-1 V_ab)
                final double v = UnitMoments.trace(fg, sums.w) - sums.trace(f, g, sums.ww);
                // log|C|: tr(C^-1 C_ab) - tr(C^-1 C_a C^-1 C_b)
                final double c = 2 * sums.trace(f, g, sums.wk) - UnitMoments.trace(fg, sums.k)
                    - SmallMatrix.traceOfProduct(fixedA, fixedB, p);
                // y'Py: 2 y'P V_a P V_b P y - y'P V_ab P y
                final double r = 2 * (sums.trace(f, g, sums.ws)
                    - SmallMatrix.bilinear(mean.phi(), scoreA, sums.score(g))) - UnitMoments.trace(fg, sums.ss);
                hessian.logDetV()[a * m + b] = hessian.logDetV()[b * m + a] = v;
                hessian.logDetC()[a * m + b] = hessian.logDetC()[b * m + a] = c;
                hessian.r2()[a * m + b] = hessian.r2()[b * m + a] = r;
            }
        }
        return hessian;
    }

    @Override
    public double[][] curvature(final boolean reml, final double sigma2) {
        final PlsDerivatives second = hessian(Progress.NONE);
        final double[] logDet = second.logDeterminants(reml);
        final int m = factors.parameters();
        final double[][] h = new double[m][m];
        for (int a = 0; a < m; a++) {
            for (int b = 0; b < m; b++) {
                h[a][b] = logDet[a * m + b] + second.r2()[a * m + b] / sigma2;
            }
        }
        return h;
    }

    @Override
    public double[][] informationDerivatives() {
        final double[][] derivatives = new double[factors.parameters()][];
        for (int a = 0; a < factors.parameters(); a++) {
            derivatives[a] = moments().information(direction(a));
            for (int i = 0; i < p * p; i++) {
                derivatives[a][i] = -derivatives[a][i];
            }
        }
        return derivatives;
    }

    @Override
    public void unitEffects(final int k, final UnitEffects receiver) {
        GroupedEffects.of(data, lambda, mean, receiver);
    }

    @Override
    public void pairEffects(final int k, final int l, final PairEffects receiver) {
        throw new IllegalArgumentException("there is one factor only");
    }

    @Override
    public CovarianceCrossProducts crossProducts(final double[][][] basis, final Progress progress) {
        final int m = basis[0].length;
        final double[][] first = new double[q * (q + 1) / 2 + 1][m + 1];
        for (int k = 0; k < m; k++) {
            for (int i = 0; i < q * q; i++) {
                first[Packed.at(i / q, i % q)][k] = basis[0][k][i];
            }
        }
        first[first.length - 1][m] = 1;
        final CovarianceJet jet =
            CovarianceJet.of(new IndependentSubjects(data).sum(lambda, new double[0], 2, progress), data.rows())
                .change(first, new double[first.length][][]);
        final GaussianCriterion criterion = new GaussianCriterion(jet, true);
        return new CovarianceCrossProducts(criterion.p(), criterion.q(), jet.trace2());
    }
}
