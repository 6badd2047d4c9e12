package dev.mixedmodels.engine.inference;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.design.FixedDesign;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/** A {@link Sandwich} as inference about the coefficients of X, with what the user should know of it. */
public final class RobustInference {
    /** So many clusters are named in a warning. */
    private static final int SHOWN = 3;

    private final FixedCovariance kind;
    private final Clusters clusters;
    private final FixedDesign fixed;
    private final Warnings warnings;

    private RobustInference(final FixedCovariance kind, final Clusters clusters, final FixedDesign fixed,
        final Warnings warnings) {
        this.kind = kind;
        this.clusters = clusters;
        this.fixed = fixed;
        this.warnings = warnings;
    }

    /**
     * @param kind which sandwich
     * @param df degrees of freedom: Satterthwaite's of the sandwich, or those that are given
     * @param residualDf rows less coefficients
     * @param gamma estimates in the working basis of the design, length p
     * @param phi their model-based covariance, p x p
     * @param clusters independent parts of the rows
     * @param fixed X
     * @param progress asked now and then whether to go on
     * @param warnings told of too few clusters, of clusters that determine a coefficient alone, of missing standard
     *            errors
     * @return inference about the coefficients of X
     */
    public static FixedInference of(final FixedCovariance kind, final DfMethod df, final double residualDf,
        final double[] gamma, final double[][] phi, final Clusters clusters, final FixedDesign fixed,
        final Progress progress, final Warnings warnings) {
        final RobustInference robust = new RobustInference(kind, clusters, fixed, warnings);
        robust.few();
        final Sandwich sandwich = new Sandwich(kind, phi, clusters, progress);
        final FixedInference inference = sandwich.inference(gamma, switch (df) {
            case SATTERTHWAITE -> Double.NaN;
            case RESIDUAL, BETWEEN_WITHIN, CONTAINMENT -> residualDf;
            case ASYMPTOTIC -> Double.POSITIVE_INFINITY;
            default -> throw df.unknown();
        }).over(fixed.basis());
        final double[][] covariance = inference.covariance();
        final Set<Integer> told = robust.decisive(sandwich.decisive(), phi);
        robust.nothing(covariance, told);
        return inference;
    }

    private String name(final int coefficient) {
        return fixed.allNames().get(fixed.kept()[coefficient]);
    }

    private void few() {
        if (clusters.size() <= fixed.columns()) {
            warnings.add("The sandwich adds up " + Words.count(clusters.size(), "level") + " of \""
                + clusters.grouping()
                + "\" for " + Words.count(fixed.columns(), "fixed effect")
                + ", too few for standard errors that do not trust the model: joint tests may be missing. Choose the "
                + "standard errors of the model, or fewer fixed effects.");
        }
    }

    private void nothing(final double[][] covariance, final Set<Integer> told) {
        final List<String> without = IntStream.range(0, covariance.length)
            .filter(k -> Double.isNaN(covariance[k][k]) && !told.contains(k)).mapToObj(this::name).toList();
        if (!without.isEmpty()) {
            warnings.add("The fixed effects reproduce the rows that " + Words.list(without) + (without.size() == 1
                ? " is"
                : " are") + " estimated from, so that the sandwich, which goes by residuals, gives no standard error. "
                + "Choose the standard errors of the model, or fewer fixed effects.");
        }
    }

    /** Coefficients that a cluster determines alone; they have no standard error. */
    private Set<Integer> decisive(final List<Sandwich.Decisive> decisive, final double[][] phi) {
        final Set<Integer> all = new HashSet<>();
        int named = 0;
        for (final Sandwich.Decisive one : decisive) {
            final List<Integer> touched =
                IntStream.range(0, fixed.columns()).filter(k -> touches(one.direction(), phi, k)).boxed().toList();
            all.addAll(touched);
            if (!touched.isEmpty() && ++named <= SHOWN) {
                warnings.add(String.format(Locale.ROOT, "Without the level \"%s\" of \"%s\" %s: its residuals say "
                    + "nothing about that, so that \"%s\" gives no standard error. Choose the standard errors of the "
                    + "model, or leave a fixed effect out.", clusters.name(one.cluster()), clusters.grouping(),
                    unknown(touched.stream().map(this::name).toList()), kind));
            }
        }
        if (named > SHOWN) {
            warnings.add("The same holds for " + (named - SHOWN) + " more.");
        }
        return all;
    }

    private static String unknown(final List<String> names) {
        return names.size() == 1 ? "the fixed effect " + names.get(0) + " would not be known"
            : "the fixed effects " + Words.list(names) + " could not be told apart";
    }

    private boolean touches(final double[] direction, final double[][] phi, final int coefficient) {
        final double[] unit = new double[fixed.columns()];
        unit[coefficient] = 1;
        final double[] contrast = fixed.basis().contrast(unit);
        return Math.abs(Matrices.dot(contrast, direction))
            > ClusterDf.SHARE * Math.sqrt(Matrices.bilinear(phi, contrast, contrast));
    }
}
