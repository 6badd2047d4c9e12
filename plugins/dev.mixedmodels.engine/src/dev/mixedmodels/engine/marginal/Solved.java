package dev.mixedmodels.engine.marginal;

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
 * @param visits number of visits; 1 where they do not matter
 * @param groups number of sets of covariance parameters
 * @param theta these, group by group
 * @param beta coefficients of the residual of ordinary least squares in the working basis
 * @param phi their model-based covariance
 * @param open which entries of V the rows of the fit do not determine
 */
record Solved(VisitStructure structure, int visits, int groups, double[] theta,
    double[] beta, double[][] phi, Open open) {

    /** Which entries of V are not determined. */
    @FunctionalInterface
    interface Open {
        boolean entry(int group, int i, int j);
    }

    static Solved of(final StructureFit estimates) {
        final SubjectCovariance model = estimates.model();
        return new Solved(model.structure(), model instanceof VisitCovariance over ? over.over().dimension() : 1,
            model.groups(), estimates.theta(), estimates.mean().beta(), estimates.mean().phi(), estimates.undetermined()::entry);
    }

    static Solved of(final StoredModel model) {
        final StoredVisits visits = model.visits();
        final VisitStructure structure = visits.structure();
        final int groups = visits.by() == null ? 1 : model.design().factor(visits.by()).levels().size();
        final Set<List<Integer>> open = new HashSet<>();
        for (int i = 0; i < visits.open().length; i += 3) {
            open.add(List.of(visits.open()[i], visits.open()[i + 1], visits.open()[i + 2]));
        }
        final double[] theta = visits.theta().clone();
        for (int k = 1; k < theta.length && structure == VisitStructure.CONTINUOUS_AR1 && visits.timeUnit() > 0; k += 2) {
            theta[k] = Math.log(Math.log1p(Math.exp(-theta[k])) / visits.timeUnit());
        }
        return new Solved(structure, structure == VisitStructure.INDEPENDENT ? 1 : visits.visits().size(), groups, theta,
            visits.beta(), model.inference().phi(), (g, i, j) -> open.contains(List.of(g, i, j)));
    }

    /** Parameters of one group. */
    private double[] part(final int group) {
        final int m = theta.length / groups;
        return Arrays.copyOfRange(theta, group * m, (group + 1) * m);
    }

    /** V of a group over all visits. */
    double[] overVisits(final int group) {
        final double[] v = new double[visits * visits];
        structure.over(visits).at(part(group)).value(v);
        return v;
    }

    /** V of a group over places. */
    double[] overPlaces(final int group, final double[][] places, final int n) {
        final double[] part = part(group);
        final double variance = Math.exp(2 * part[0]);
        final double[] v = structure.overPlaces().matrix(Arrays.copyOfRange(part, 1, part.length), 1, places, 0, n);
        Arrays.setAll(v, i -> v[i] * variance);
        return v;
    }

    /** Variance of a row of a group at a visit. */
    double variance(final int group, final int visit) {
        return structure.overPlaces() != null ? Math.exp(2 * part(group)[0])
            : overVisits(group)[structure.homogeneous() ? 0 : visit * (visits + 1)];
    }
}
