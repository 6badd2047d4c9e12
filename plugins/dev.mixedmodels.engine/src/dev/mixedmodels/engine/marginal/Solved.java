package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.covariance.CovarianceStructure;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.model.StoredVisits;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The estimates that predictions need, from a fit or from a kept model.
 *
 * @param structure covariance of a subject's rows
 * @param typical the structure over all visits, or over a typical pair of times
 * @param timeUnit what the parameter over times counts in
 * @param groups number of sets of covariance parameters
 * @param theta these, group by group
 * @param beta coefficients of the residual of ordinary least squares in the working basis
 * @param phi their model-based covariance
 * @param open which entries of V the rows of the fit do not determine
 */
record Solved(VisitStructure structure, CovarianceStructure typical, double timeUnit, int groups, double[] theta,
    double[] beta, double[][] phi, Open open) {

    /** Which entries of V are not determined. */
    @FunctionalInterface
    interface Open {
        boolean entry(int group, int i, int j);
    }

    static Solved of(final StructureFit estimates) {
        final SubjectCovariance model = estimates.model();
        return new Solved(model.structure(), model.typical(),
            model instanceof TimeCovariance overTime ? overTime.unit() : 1, model.groups(), estimates.theta(),
            estimates.mean().beta(), estimates.mean().phi(), estimates.undetermined()::entry);
    }

    static Solved of(final StoredModel model) {
        final StoredVisits visits = model.visits();
        final VisitStructure structure = visits.structure();
        final int groups = visits.by() == null ? 1 : model.design().factor(visits.by()).levels().size();
        final Set<List<Integer>> open = new HashSet<>();
        for (int i = 0; i < visits.open().length; i += 3) {
            open.add(List.of(visits.open()[i], visits.open()[i + 1], visits.open()[i + 2]));
        }
        final CovarianceStructure typical = structure.overTime()
            ? VisitStructure.overTimes(new double[] {0, 1}, visits.timeUnit())
            : structure.over(structure == VisitStructure.INDEPENDENT ? 1 : visits.visits().size());
        return new Solved(structure, typical, visits.timeUnit(), groups, visits.theta(), visits.beta(),
            model.inference().phi(), (g, i, j) -> open.contains(List.of(g, i, j)));
    }

    /** Parameters of one group. */
    double[] part(final int group) {
        final int m = theta.length / groups;
        return Arrays.copyOfRange(theta, group * m, (group + 1) * m);
    }
}
