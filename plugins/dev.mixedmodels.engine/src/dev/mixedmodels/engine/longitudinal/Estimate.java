package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.fit.CovarianceModel;
import dev.mixedmodels.engine.fit.FittedCovariance;
import dev.mixedmodels.engine.fit.FreeCoordinates;
import dev.mixedmodels.engine.fit.Minimum;
import dev.mixedmodels.engine.likelihood.CovarianceJet;
import dev.mixedmodels.engine.likelihood.GaussianCriterion;
import dev.mixedmodels.engine.likelihood.HeldSeries;
import dev.mixedmodels.engine.likelihood.SubjectLikelihood;
import dev.mixedmodels.engine.likelihood.SubjectSeries;
import java.util.List;
import java.util.stream.IntStream;

/** The minimum of the criterion with V and its derivatives there, in the units of {@link SubjectData}. */
final class Estimate extends FittedCovariance {
    private final SubjectLikelihood criterion;
    private final CovarianceJet jet;
    private final GaussianCriterion atMinimum;

    private Estimate(final CovarianceModel model, final SubjectLikelihood criterion, final Minimum minimum,
        final double unit, final SubjectLikelihood.Point point, final GaussianCriterion atMinimum) {
        super(model, criterion, minimum, unit, point.scale(), atMinimum.hessian());
        this.criterion = criterion;
        this.atMinimum = atMinimum;
        jet = point.jet();
    }

    /**
     * @param model the covariance model
     * @param criterion the criterion
     * @param minimum where it is least
     * @param unit what the response was divided by
     * @return the estimate
     */
    static Estimate of(final CovarianceModel model, final SubjectLikelihood criterion, final Minimum minimum,
        final double unit) {
        final SubjectLikelihood.Point point = criterion.at(minimum.free(), minimum.z());
        return new Estimate(model, criterion, minimum, unit, point,
            new GaussianCriterion(point.jet(), criterion.reml()));
    }

    SubjectLikelihood criterion() {
        return criterion;
    }

    /** Names of the parameters, those of D with that of the subject factor before. */
    List<String> parameterNames(final String group) {
        final List<String> names = model().parameterNames();
        return IntStream.range(0, names.size())
            .mapToObj(k -> k < model().random().parameters() ? group + ": " + names.get(k) : names.get(k)).toList();
    }

    /** Rows of subjects, or rows that have their cross-products. */
    HeldSeries.Part rows(final SubjectData data) {
        return criterion.shares() instanceof SubjectSeries series ? series::part : data::independent;
    }

    /** The criterion at the minimum with derivatives by the free coordinates and log s. */
    GaussianCriterion atMinimum() {
        return atMinimum;
    }

    /** V at the minimum with derivatives by the free coordinates and log s. */
    CovarianceJet jet() {
        return jet;
    }

    /** Indices of the reported residual parameters that do not lie at their bounds. */
    private int[] inside() {
        return IntStream.range(0, model().residual().names().size()).filter(k -> !atBound(k)).toArray();
    }

    /** First derivatives of the elements of D / s, eta and log s by the free coordinates and log s. */
    double[][] firstDerivatives() {
        return SubjectLikelihood.withScale(
            FreeCoordinates.first(model().q(), minimum().z(), minimum().free().directions()));
    }

    /**
     * V and its derivatives by the parameters in which Kenward and Roger's matrices are taken: those of D in working
     * coordinates (V is linear in them, so that their choice does not matter) and the reported ones of the residuals,
     * without what is at its bound.
     */
    CovarianceJet naturalJet() {
        final CovarianceJet absolute = criterion.absoluteJet(model().q(), absolute(), 2);
        final int elements = model().q() * (model().q() + 1) / 2;
        final int ofD = model().random().parameters();
        final double[][] residual = model().residual().first(eta(), logScale());
        final double[][][] curvature = model().residual().second(eta(), logScale());
        final int[] inside = inside();
        final int size = ofD + inside.length;
        final double[][] first = new double[elements + residual.length][size];
        final double[][][] second = new double[elements + residual.length][][];
        final double[][] ofElements = model().random().elementDerivatives();
        for (int e = 0; e < ofElements.length; e++) {
            System.arraycopy(ofElements[e], 0, first[e], 0, ofD);
        }
        for (int e = 0; e < residual.length; e++) {
            second[elements + e] = new double[size][size];
            for (int k = 0; k < inside.length; k++) {
                first[elements + e][ofD + k] = residual[e][inside[k]];
                for (int l = 0; l < inside.length; l++) {
                    second[elements + e][ofD + k][ofD + l] = curvature[e][inside[k]][inside[l]];
                }
            }
        }
        return absolute.change(first, second);
    }
}
