package dev.mixedmodels.engine.covariance;

import dev.mixedmodels.engine.covariance.ReportedParameter.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What is reported of correlations over visits, beside the variances. */
enum ReportedForm {
    /** No correlation. */
    NONE(1, false),
    /** One correlation, and its covariance c with V = c J + gamma I. */
    CLASSICAL(2, false),
    /** One correlation. */
    COMMON(2, false),
    /** The correlation of neighbours, of which those further apart are powers. */
    DECAYING(2, true),
    /** The correlation of neighbours, and the ratio by which it falls. */
    FALLING(3, true),
    /** A correlation for each lag. */
    BY_LAG(2, true),
    /** A correlation for each pair of neighbours. */
    NEIGHBOURS(2, true),
    /** Each covariance and its correlation. */
    ALL(1, false);

    private final int leastVisits;
    private final boolean ordered;

    ReportedForm(final int leastVisits, final boolean ordered) {
        this.leastVisits = leastVisits;
        this.ordered = ordered;
    }

    /** The number of visits without which a parameter does not exist. */
    int leastVisits() {
        return leastVisits;
    }

    /** Whether it depends on the order of the visits. */
    boolean ordered() {
        return ordered;
    }

    /** The figures as functions of V. */
    List<ReportedParameter> of(final List<String> visits, final boolean heterogeneous) {
        final List<ReportedParameter> list = new ArrayList<>();
        final int n = visits.size();
        if (this == ALL) {
            for (int i = 0; i < n; i++) {
                variance(list, visits, i);
                for (int j = i + 1; j < n; j++) {
                    final String pair = String.format(Locale.ROOT, "(%s, %s)", visits.get(i), visits.get(j));
                    list.add(new ReportedParameter("Cov" + pair, Kind.COVARIANCE, i, j));
                    list.add(new ReportedParameter("Corr" + pair, Kind.CORRELATION, i, j));
                }
            }
            return list;
        }
        if (heterogeneous) {
            for (int i = 0; i < n; i++) {
                variance(list, visits, i);
            }
        } else {
            list.add(new ReportedParameter("Var(Residual)", Kind.VARIANCE, 0, 0));
        }
        switch (this) {
            case FALLING -> {
                list.add(new ReportedParameter("rho", Kind.RATIO, 0, 2));
                list.add(new ReportedParameter("gamma1", Kind.CORRELATION, 0, 1));
            }
            case COMMON, DECAYING -> list.add(new ReportedParameter("rho", Kind.CORRELATION, 0, 1));
            case CLASSICAL -> {
                list.add(new ReportedParameter("rho", Kind.CORRELATION, 0, 1));
                list.add(new ReportedParameter("c", Kind.COVARIANCE, 0, 1));
                list.add(new ReportedParameter("gamma", Kind.DIFFERENCE, 0, 1));
            }
            case BY_LAG, NEIGHBOURS -> {
                for (int k = 1; k < n; k++) {
                    list.add(new ReportedParameter("rho" + k, Kind.CORRELATION,
                        this == BY_LAG ? 0 : k - 1, k));
                }
            }
            default -> {
                // variances only
            }
        }
        return list;
    }

    /** The parameters that V is usually written in. */
    List<ReportedParameter> natural(final int visits, final boolean heterogeneous) {
        final List<ReportedParameter> all = of(IntStream.range(0, visits).mapToObj(Integer::toString).toList(),
            heterogeneous);
        return switch (this) {
            case ALL -> all.stream().filter(p -> p.kind() != Kind.CORRELATION).toList();
            case CLASSICAL -> all.stream().filter(p -> p.kind() == Kind.VARIANCE || p.kind() == Kind.COVARIANCE)
                .toList();
            case BY_LAG -> heterogeneous ? all : all.stream().map(p -> p.kind() == Kind.VARIANCE ? p
                : new ReportedParameter(p.name(), Kind.COVARIANCE, p.row(), p.column())).toList();
            default -> all;
        };
    }

    private static void variance(final List<ReportedParameter> list, final List<String> visits, final int i) {
        list.add(new ReportedParameter("Var(" + visits.get(i) + ")", Kind.VARIANCE, i, i));
    }
}
