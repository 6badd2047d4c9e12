package dev.mixedmodels.engine.compare;

import dev.mixedmodels.engine.compare.RandomBlocks.Block;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.model.StoredResidual;
import dev.mixedmodels.engine.model.StoredVisits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Whether the covariances of one model are among those of another, as far as their structure tells whatever the data.
 *
 * @param nested whether they are
 * @param boundaries so many variances of the larger model are 0 in the smaller one, where they cannot be negative
 */
record CovarianceNesting(boolean nested, int boundaries) {
    /** Not nested. */
    static final CovarianceNesting NONE = new CovarianceNesting(false, 0);
    /** A special case in which a parameter of the larger model has no meaning, so that no test is known. */
    static final CovarianceNesting MEANINGLESS = new CovarianceNesting(false, -1);

    /** So many boundaries as make a test conservative. */
    private static final int SEVERAL = 2;

    /** A model over generic rows. */
    record Side(StoredModel model, ModelDesign design) {
        RandomBlocks random() {
            return RandomBlocks.of(design, model.units());
        }
    }

    /**
     * @param large the larger model
     * @param small the smaller model over the same rows
     * @return whether it is contained
     */
    static CovarianceNesting of(final Side large, final Side small) {
        final StoredVisits outer = large.model.visits();
        final StoredVisits inner = small.model.visits();
        if (!Objects.equals(large.model.design().weights(), small.model.design().weights())) {
            return NONE;
        }
        if (outer != null) {
            return inner != null ? ofVisits(outer, inner) : ofEffects(outer, small);
        }
        final boolean plain = inner != null && inner.structure() == VisitStructure.INDEPENDENT && inner.by() == null;
        if (inner != null && !plain) {
            return NONE;
        }
        final int residual = plain ? residual(large.model.residual(), StoredResidual.of(1))
            : residual(large.model.residual(), small.model.residual());
        final int random = random(large.random(), plain ? new RandomBlocks(List.of()) : small.random());
        return random < 0 || residual < 0 ? random < 0 ? NONE : of(residual)
            : new CovarianceNesting(true, residual + random);
    }

    /** The number of boundaries; -1 if the one is not contained in the other. */
    private static int random(final RandomBlocks large, final RandomBlocks small) {
        final Map<Block, List<Block>> held = new HashMap<>();
        large.blocks().forEach(block -> held.put(block, new ArrayList<>()));
        for (final Block block : small.blocks()) {
            final Block into = large.blocks().stream()
                .filter(b -> b.holds(block) && (b.structure().free() || held.get(b).isEmpty()))
                .min((a, b) -> Integer.compare(a.columns().length, b.columns().length)).orElse(null);
            if (into == null) {
                return -1;
            }
            held.get(into).add(block);
        }
        return large.blocks().stream().mapToInt(block -> block.boundaries(held.get(block))).sum();
    }

    private static int residual(final StoredResidual large, final StoredResidual small) {
        final boolean variances = (small.by() == null || small.by().equals(large.by()))
            && (small.powerOf() == null || small.powerOf().equals(large.powerOf()));
        if (!variances) {
            return -1;
        }
        final boolean sameRows = small.structure() == ResidualStructure.INDEPENDENT
            || Objects.equals(small.subject(), large.subject())
                && (!small.structure().ordered() || Objects.equals(small.time(), large.time()));
        return sameRows ? large.structure().boundariesOf(small.structure()) : -1;
    }

    private static CovarianceNesting ofVisits(final StoredVisits large, final StoredVisits small) {
        final boolean plain = small.structure() == VisitStructure.INDEPENDENT && small.by() == null;
        final boolean sameRows = small.subject().equals(large.subject()) && Objects.equals(small.visit(), large.visit())
            && (small.structure().overPlaces() == null || small.places().equals(large.places()));
        final boolean sameOrder = small.visits().equals(large.visits())
            || !small.structure().ordered() && !large.structure().ordered()
                && Set.copyOf(small.visits()).equals(Set.copyOf(large.visits()));
        return plain || sameRows && sameOrder && (small.by() == null || small.by().equals(large.by()))
            ? of(large.structure().boundariesOf(small.structure()), large.by() != null) : NONE;
    }

    private static CovarianceNesting of(final int boundaries, final boolean several) {
        return of(several && boundaries > 0 ? SEVERAL : boundaries);
    }

    private static CovarianceNesting of(final int boundaries) {
        return boundaries == ResidualStructure.MEANINGLESS ? MEANINGLESS
            : boundaries < 0 ? NONE : new CovarianceNesting(true, boundaries);
    }

    /**
     * A random intercept is compound symmetry, though of no negative covariance, where no weights divide covariances.
     */
    private static CovarianceNesting ofEffects(final StoredVisits large, final Side small) {
        final StoredResidual residual = small.model.residual();
        if (residual == null || residual(StoredResidual.of(1), residual) != 0) {
            return NONE;
        }
        final List<Block> blocks = small.random().blocks();
        if (blocks.isEmpty()) {
            return of(large.structure().boundariesOf(VisitStructure.INDEPENDENT));
        }
        return blocks.size() == 1 && blocks.get(0).loneIntercept() && small.model.design().weights() == null
            && blocks.get(0).grouping().equals(Set.of(large.subject()))
            ? of(large.structure().boundariesOf(VisitStructure.COMPOUND_SYMMETRY)) : NONE;
    }
}
