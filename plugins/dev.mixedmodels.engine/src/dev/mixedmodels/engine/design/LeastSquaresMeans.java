package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.design.MeansContrast.Type;
import dev.mixedmodels.engine.design.MeansRequest.Comparison;
import dev.mixedmodels.engine.formula.LevelContrast;
import dev.mixedmodels.engine.frame.Factor;
import java.util.ArrayList;
import java.util.List;

/**
 * Least-squares means, slopes and what is compared of them: functions of the coefficients, made on a
 * {@link ReferenceGrid}. Conventions of R's emmeans.
 * <p>
 * The mathematics: doc/marginal-means.md beside the sources.
 */
public final class LeastSquaresMeans {
    /** More differences than those of 200 means at one place say nothing to anybody. */
    private static final int MOST_DIFFERENCES = 20_000;

    private static final int MOST_MEANS = 10_000;

    private final FixedDesign design;
    private final MeansRequest request;
    private final ReferenceGrid grid;
    private final List<Factor> factors;
    private final List<MeansPlace> places;
    private final List<String> levels;

    private LeastSquaresMeans(final FixedDesign design, final MeansRequest request, final Progress progress) {
        this.design = design;
        this.request = request;
        grid = new ReferenceGrid(design, request.weights(), progress);
        factors = request.factors().stream().map(name -> MeansPlace.factor(design, name)).toList();
        if (request.slope() != null) {
            MeansPlace.requireNumber(design, request.slope());
        }
        final double combinations = factors.stream().mapToDouble(Factor::size).reduce(1, (a, b) -> a * b);
        final double count = MeansPlace.count(design, request.at());
        if (combinations * count > MOST_MEANS) {
            throw new ModelException("Least-squares means of " + request.term() + " would be more than "
                + MOST_MEANS + ". Choose columns with fewer levels.");
        }
        places = MeansPlace.all(design, request.at(), request.slope());
        levels = levels(factors);
    }

    /**
     * Means of all combinations of levels, then what is compared, everywhere where it is wanted. What is compared at
     * the same place belongs together for adjustments.
     *
     * @param design the fixed effects
     * @param request which means
     * @param warnings told if there are so many combinations of levels that differences are left out
     * @return means, differences and contrasts, place by place
     * @throws ModelException if a column is not a factor of the fixed effects or no numeric one where it should be
     */
    public static List<MeansContrast> of(final FixedDesign design, final MeansRequest request,
        final Warnings warnings) {
        return of(design, request, Progress.NONE, warnings);
    }

    /**
     * As above.
     *
     * @param design the fixed effects
     * @param request which means
     * @param progress asked whether the user cancelled
     * @param warnings told if there are so many combinations of levels that differences are left out
     * @return means, differences and contrasts, place by place
     */
    public static List<MeansContrast> of(final FixedDesign design, final MeansRequest request, final Progress progress,
        final Warnings warnings) {
        return new LeastSquaresMeans(design, request, progress).all(warnings);
    }

    /**
     * @param design the fixed effects
     * @param factors some of their factors
     * @return the combinations of their levels, the last factor running fastest; one empty text for no factor
     */
    public static List<String> levels(final FixedDesign design, final List<String> factors) {
        return levels(factors.stream().map(name -> MeansPlace.factor(design, name)).toList());
    }

    private static List<String> levels(final List<Factor> factors) {
        List<String> all = List.of("");
        for (final Factor factor : factors) {
            all = all.stream().flatMap(head -> factor.levels().stream()
                .map(level -> factor == factors.get(0) ? level : head + ":" + level)).toList();
        }
        return all;
    }

    private List<MeansContrast> all(final Warnings warnings) {
        final double differences = switch (request.comparison()) {
            case NONE -> 0;
            case PAIRS -> levels.size() * (levels.size() - 1.0) / 2;
            case REFERENCE -> levels.size() - 1.0;
        };
        final boolean compared = differences * places.size() <= MOST_DIFFERENCES;
        if (!compared) {
            warnings.add("Least-squares means of " + request.term() + ": differences are left out, for there are "
                + levels.size() + " combinations of levels" + (places.size() == 1 ? "." : " at each of " + places.size()
                    + (request.at().size() == 1 ? " values of \"" + request.at().get(0).column() + "\"."
                    : " places.")));
        }
        final List<MeansContrast> all = new ArrayList<>();
        for (final MeansPlace place : places) {
            final List<double[]> means = means(place.place());
            for (int i = 0; i < means.size(); i++) {
                all.add(contrast(request.slope() == null ? Type.MEAN : Type.SLOPE, levels.get(i), "", place,
                    means.get(i), 1));
            }
            if (compared) {
                addDifferences(all, means, place);
            }
            for (final LevelContrast contrast : request.contrasts()) {
                all.add(contrast(Type.CONTRAST, contrast.name(), "", place, combination(contrast, means),
                    contrast.weights().values().stream().mapToDouble(Double::doubleValue).sum()));
            }
        }
        return all;
    }

    private MeansContrast contrast(final Type type, final String level, final String against, final MeansPlace place,
        final double[] l, final double weight) {
        final double offset = request.slope() != null ? 0 : weight * design.offset().mean();
        return new MeansContrast(type, request.term(), level, against, place.text(),
            l == null ? null : design.redundancy().restrict(l), offset);
    }

    private void addDifferences(final List<MeansContrast> all, final List<double[]> means, final MeansPlace place) {
        if (request.comparison() == Comparison.PAIRS) {
            for (int i = 0; i < means.size(); i++) {
                for (int j = i + 1; j < means.size(); j++) {
                    all.add(difference(i, j, means, place));
                }
            }
        } else if (request.comparison() == Comparison.REFERENCE) {
            final int reference = request.reference() == null ? 0 : index(request.reference());
            for (int i = 0; i < means.size(); i++) {
                if (i != reference) {
                    all.add(difference(i, reference, means, place));
                }
            }
        }
    }

    private MeansContrast difference(final int i, final int j, final List<double[]> means, final MeansPlace place) {
        return contrast(Type.DIFFERENCE, levels.get(i), levels.get(j), place,
            sum(means, new int[] {i, j}, new double[] {1, -1}), 0);
    }

    private int index(final String level) {
        final int index = levels.indexOf(level);
        if (index < 0) {
            throw new ModelException("There is no mean of \"" + level + "\" among those of " + request.term()
                + ": its levels are "
                + Words.quoted(levels.subList(0, Math.min(levels.size(), 20))) + (levels.size() > 20 ? " and others."
                : "."));
        }
        return index;
    }

    private double[] combination(final LevelContrast contrast, final List<double[]> means) {
        return sum(means, contrast.weights().keySet().stream().mapToInt(this::index).toArray(),
            contrast.weights().values().stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static double[] sum(final List<double[]> means, final int[] which, final double[] weights) {
        double[] sum = null;
        for (int i = 0; i < which.length; i++) {
            final double[] mean = means.get(which[i]);
            if (mean == null) {
                return null;
            }
            sum = sum == null ? new double[mean.length] : sum;
            for (int k = 0; k < sum.length; k++) {
                sum[k] += weights[i] * mean[k];
            }
        }
        return sum;
    }

    /** The means of the combinations of levels at a place; null where the weights leave none. */
    private List<double[]> means(final ReferenceGrid.Place place) {
        final List<double[]> means = new ArrayList<>();
        final int[] codes = new int[factors.size()];
        for (int i = 0; i < levels.size(); i++) {
            ReferenceGrid.Place cell = place;
            for (int f = factors.size() - 1, rest = i; f >= 0; f--) {
                codes[f] = rest % factors.get(f).size();
                rest /= factors.get(f).size();
            }
            for (int f = 0; f < codes.length; f++) {
                cell = cell.with(factors.get(f).name(), ReferenceGrid.unit(factors.get(f), codes[f]));
            }
            means.add(grid.mean(cell));
        }
        return means;
    }
}
