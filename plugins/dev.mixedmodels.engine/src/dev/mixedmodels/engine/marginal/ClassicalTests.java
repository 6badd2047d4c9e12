package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.inference.FTest;
import dev.mixedmodels.engine.likelihood.Packed;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FitStatisticRow.Category;
import dev.mixedmodels.engine.statistics.ExactFit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Classical analysis of repeated measures. With E the residual cross-products of the T visits on nu degrees of freedom,
 * C orthonormal contrasts of the visits (k = T - 1) and S = C'EC: Mauchly's test of sphericity, F tests under
 * sphericity and with the corrections of Greenhouse and Geisser and of Huynh and Feldt (as corrected by Lecoutre), and
 * the multivariate tests of Wilks, Pillai, Hotelling and Lawley, and Roy.
 * <p>
 * Sources: Mauchly (1940) Ann. Math. Stat. 11:204-209, tail by Box's second-order expansion (Anderson 2003, section
 * 10.7.4); Greenhouse &amp; Geisser (1959) Psychometrika 24:95-112; Huynh &amp; Feldt (1976) J. Educ. Stat. 1:69-82;
 * Lecoutre (1991) J. Educ. Stat. 16:371-372; F approximations as in R's summary.manova (Rao 1951; Pillai).
 */
final class ClassicalTests {
    /** An eigenvalue of S below this part of the largest one is rounding: S is singular. */
    private static final double SINGULAR = 1e-12;
    private static final String FEW = "Fewer degrees of freedom between subjects than visits less one.";
    private static final String COLLINEAR = "Some contrast of the visits does not vary between subjects.";

    private final ClassicalDesign design;
    private final double[][] inverse;
    private final double[][] responses;
    private final double[][] s;
    private final double[] eigenvalues;
    private final int k;
    private final double nu;
    private final List<FitStatisticRow> table = new ArrayList<>();

    private ClassicalTests(final ClassicalDesign design, final RepeatedData data) {
        this.design = design;
        final int visits = data.visits().size();
        k = visits - 1;
        nu = data.subjects() - design.fixed().columns();
        final double[][] contrasts = helmert(visits);
        final int q = design.fixed().columns();
        final double[][] xx = new double[q][q];
        final double[][] xy = new double[q][visits];
        final double[] x = new double[q];
        int cell = 0;
        for (final double[] sums : data.sums().cells().cells().values()) {
            design.fixed().row(cell++, x);
            for (int i = 0; i < q; i++) {
                Packed.add(sums[visits] * x[i], x, 0, xx[i], 0, q);
                Packed.add(x[i], sums, 0, xy[i], 0, visits);
            }
        }
        inverse = Matrices.inversePositiveDefinite(xx);
        responses = Matrices.multiply(Matrices.multiply(inverse, xy), Matrices.transpose(contrasts));
        s = Matrices.sandwich(contrasts, data.sums().cells().products());
        eigenvalues = Matrices.eigen(s).values();
    }

    /**
     * @param data the rows
     * @return rows of Model fit; with the reason in place of figures if the data or the mean are not of this kind
     */
    static List<FitStatisticRow> rows(final RepeatedData data) {
        if (data.settings().layout().visit() == null) {
            return List.of();
        }
        final String obstacle = ClassicalDesign.obstacle(data);
        if (!obstacle.isEmpty()) {
            return none(obstacle);
        }
        final ClassicalTests tests = new ClassicalTests(ClassicalDesign.of(data), data);
        if (tests.nu < 1) {
            return none("There are no degrees of freedom between subjects.");
        }
        if (ExactFit.is(tests.trace(), tests.nu * tests.k, data.design().largestResponse())) {
            return none("The visits differ by the same amounts in all subjects of a group: nothing varies within "
                + "them.");
        }
        tests.sphericity();
        for (int t = 0; t < tests.design.terms().size(); t++) {
            tests.effect(t);
        }
        return tests.table;
    }

    private static List<FitStatisticRow> none(final String reason) {
        return List.of(FitStatisticRow.of(Category.TEST, "Mauchly Sphericity", Double.NaN, reason),
            FitStatisticRow.of(Category.TEST, "Epsilon Greenhouse-Geisser", Double.NaN, reason),
            FitStatisticRow.of(Category.TEST, "Epsilon Huynh-Feldt", Double.NaN, reason));
    }

    /** Orthonormal rows: each visit against the mean of those before it. */
    private static double[][] helmert(final int visits) {
        final double[][] c = new double[visits - 1][visits];
        for (int i = 1; i < visits; i++) {
            final double norm = Math.sqrt(i * (i + 1.0));
            for (int j = 0; j < i; j++) {
                c[i - 1][j] = -1 / norm;
            }
            c[i - 1][i] = i / norm;
        }
        return c;
    }

    private double trace() {
        double sum = 0;
        for (int i = 0; i < k; i++) {
            sum += s[i][i];
        }
        return sum;
    }

    /** 1 under sphericity, 1/k at worst; at most nu eigenvalues of S are not 0, so that k times it is at most nu. */
    private double greenhouseGeisser() {
        return Math.max(1.0 / k, Math.min(1, trace() * trace() / (k * Matrices.trace(s, s))));
    }

    /** At most 1; NaN where one degree of freedom between subjects leaves 0 / 0. */
    private double huynhFeldt() {
        final double ke = k * greenhouseGeisser();
        if (nu < 2) {
            return Double.NaN;
        }
        return ((nu + 1) * ke - 2) / Math.max(0, nu - ke) >= k ? 1 : ((nu + 1) * ke - 2) / (k * (nu - ke));
    }

    private boolean singular() {
        return !(eigenvalues[k - 1] > SINGULAR * eigenvalues[0]);
    }

    private void sphericity() {
        if (k < 2 || nu < k || singular()) {
            table.add(FitStatisticRow.of(Category.TEST, "Mauchly Sphericity", Double.NaN,
                k < 2 ? "Two visits are always spherical." : nu < k ? FEW : COLLINEAR));
        } else {
            mauchly();
        }
        table.add(FitStatisticRow.of(Category.TEST, "Epsilon Greenhouse-Geisser", greenhouseGeisser(),
            String.format(Locale.ROOT, "1 under sphericity, 1/%d at worst.", k)));
        table.add(FitStatisticRow.of(Category.TEST, "Epsilon Huynh-Feldt", huynhFeldt(), nu < 2
            ? "Does not exist with one degree of freedom between subjects."
            : "With Lecoutre's correction, at most 1."));
    }

    private void mauchly() {
        double log = -k * Math.log(trace() / k);
        for (final double value : eigenvalues) {
            log += Math.log(value);
        }
        final double df = k * (k + 1) / 2.0 - 1;
        final double rho = 1 - (2.0 * k * k + k + 2) / (6 * k * nu);
        final double w = (k + 2.0) * (k - 1) * (k - 2) * (2.0 * k * k * k + 6.0 * k * k + 3 * k + 2)
            / (288 * Math.pow(nu * k * rho, 2));
        final double z = -nu * rho * log;
        final double p = Tail.chiSquare(z, df);
        table.add(new FitStatisticRow(Category.TEST, "Mauchly Sphericity", Math.exp(log), df, Double.NaN,
            Math.min(1, p + w * (Tail.chiSquare(z, df + 4) - p)), String.format(Locale.ROOT, "W, with chi-square = "
                + "%.10g; multivariate normal visits with equal variances of all differences.", z)));
    }

    private void effect(final int t) {
        final double[][] l = design.hypotheses().get(t);
        final String term = design.terms().get(t);
        if (l.length == 0) {
            return;
        }
        final double[][] a = Matrices.multiply(l, responses);
        final double[][] h = Matrices.sandwich(Matrices.transpose(a),
            Matrices.inversePositiveDefinite(Matrices.sandwich(l, inverse)));
        double sum = 0;
        for (int i = 0; i < k; i++) {
            sum += h[i][i];
        }
        final double d = l.length;
        final double f = sum / (d * k) / (trace() / (nu * k));
        final double gg = greenhouseGeisser();
        final double hf = huynhFeldt();
        test("Sphericity Assumed " + term, FTest.of(f, d * k, nu * k), f, "F test if sphericity holds.");
        test("Greenhouse-Geisser " + term, FTest.of(f, d * k * gg, nu * k * gg), f,
            "F test with degrees of freedom times epsilon.");
        test("Huynh-Feldt " + term, FTest.of(f, d * k * hf, nu * k * hf), f,
            "F test with degrees of freedom times epsilon.");
        if (nu >= k && !singular()) {
            multivariate(term, Matrices.eigen(relative(h)).values(), d);
        }
    }

    /** F^-1 H F^-T for S = F F', with the eigenvalues of S^-1 H. */
    private double[][] relative(final double[][] h) {
        final Matrices.Eigen eigen = Matrices.eigen(s);
        final double[][] root = new double[k][k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                root[i][j] = eigen.vectors()[i][j] / Math.sqrt(eigen.values()[i]);
            }
        }
        return Matrices.sandwich(root, h);
    }

    private void multivariate(final String term, final double[] roots, final double d) {
        double wilks = 1;
        double pillai = 0;
        double hotelling = 0;
        final double roy = Math.max(0, roots[0]);
        for (final double root : roots) {
            final double lambda = Math.max(0, root);
            wilks /= 1 + lambda;
            pillai += lambda / (1 + lambda);
            hotelling += lambda;
        }
        final double r = nu - (k - d + 1) / 2;
        final double square = (double) k * k + d * d - 5;
        final double t = square > 0 ? Math.sqrt((k * k * d * d - 4) / square) : 1;
        final double wilksDf = r * t - (k * d - 2) / 2;
        test("Wilks " + term, FTest.of((Math.pow(wilks, -1 / t) - 1) * wilksDf / (k * d), k * d, wilksDf), wilks,
            "Wilks' lambda; Rao's F");
        final double size = Math.min(k, d);
        final double n = (nu - k - 1) / 2;
        final double m = (Math.abs(k - d) - 1) / 2;
        final double first = 2 * m + size + 1;
        final double second = 2 * n + size + 1;
        test("Pillai " + term, FTest.of(second / first * pillai / (size - pillai), size * first, size * second), pillai,
            "Pillai's trace; F");
        final double last = 2 * (size * n + 1);
        test("Hotelling-Lawley " + term, FTest.of(last * hotelling / (size * size * first), size * first, last),
            hotelling, "Hotelling-Lawley trace; F");
        final double larger = Math.max(k, d);
        final double rest = nu - larger + d;
        test("Roy " + term, FTest.of(rest * roy / larger, larger, rest), roy,
            "Roy's largest root; F is an upper bound, p a lower one; F");
    }

    /** A figure with its F test; without that where the degrees of freedom leave none. */
    private void test(final String name, final FTest test, final double value, final String note) {
        final boolean exists = test.denDf() > 0 && Double.isFinite(test.f());
        final String text = !exists ? "Too few degrees of freedom between subjects for an F test."
            : note.endsWith("F") ? String.format(Locale.ROOT, "%s = %.10g.", note, test.f()) : note;
        table.add(new FitStatisticRow(Category.TEST, name, value, exists ? test.numDf() : Double.NaN,
            exists ? test.denDf() : Double.NaN, test.pValue(), text));
    }
}
