package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.model.StoredVisits;
import java.io.Serializable;
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
 * @param open which entries of V the rows of the fit do not determine: group, visit, visit
 */
record Solved(VisitStructure structure, int visits, int groups, double[] theta, double[] beta, double[][] phi,
    Set<List<Integer>> open) implements Serializable {

    static Solved of(final StructureFit estimates) {
        final SubjectCovariance model = estimates.model();
        final int visits = model instanceof VisitCovariance over ? over.over().dimension() : 1;
        final Set<List<Integer>> open = new HashSet<>();
        for (int g = 0; g < model.groups(); g++) {
            for (int i = 0; i < visits * visits; i++) {
                if (estimates.undetermined().entry(g, i / visits, i % visits)) {
                    open.add(List.of(g, i / visits, i % visits));
                }
            }
        }
        return new Solved(model.structure(), visits, model.groups(), estimates.theta(), estimates.mean().beta(),
            estimates.mean().phi(), open);
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
        for (int k = 1; k < theta.length && structure.overTime() && visits.timeUnit() > 0; k += 2) {
            theta[k] = Math.log(Math.log1p(Math.exp(-theta[k])) / visits.timeUnit());
        }
        return new Solved(structure, structure == VisitStructure.INDEPENDENT ? 1 : visits.visits().size(), groups,
            theta, visits.beta(), model.inference().phi(), open);
    }

    /**
     * @param row one [w, residual]
     * @return residual - w'beta
     */
    double rest(final double[] row) {
        double rest = row[beta.length];
        for (int j = 0; j < beta.length; j++) {
            rest -= row[j] * beta[j];
        }
        return rest;
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

    /**
     * V of rows of a subject, row-major.
     *
     * @param group which covariance parameters it has
     * @param at visits of the rows; -1 of a row whose visit does not matter
     * @param places of them where the structure goes by places, coordinates x rows
     */
    double[] covariance(final int group, final int[] at, final double[][] places) {
        final int n = at.length;
        if (structure.overPlaces() != null) {
            final double[] part = part(group);
            final double variance = Math.exp(2 * part[0]);
            final double[] v = structure.overPlaces().matrix(Arrays.copyOfRange(part, 1, part.length), 1, places, 0, n);
            Arrays.setAll(v, i -> v[i] * variance);
            return v;
        }
        final double[] all = overVisits(group);
        final boolean exchangeable =
            structure == VisitStructure.INDEPENDENT || Arrays.stream(at).anyMatch(visit -> visit < 0);
        final double[] v = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                v[i * n + j] = !exchangeable ? all[at[i] * visits + at[j]] : i == j ? all[0] : visits > 1 ? all[1] : 0;
            }
        }
        return v;
    }

    /** Variance of a row of a group at a visit. */
    double variance(final int group, final int visit) {
        return structure.overPlaces() != null ? Math.exp(2 * part(group)[0])
            : overVisits(group)[structure.homogeneous() ? 0 : visit * (visits + 1)];
    }
}
