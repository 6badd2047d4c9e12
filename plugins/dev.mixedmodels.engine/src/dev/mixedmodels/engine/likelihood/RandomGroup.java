package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.covariance.LinearStructure;
import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.covariance.StructureAlgebra;
import dev.mixedmodels.engine.design.FixedDesign;
import dev.mixedmodels.engine.design.RandomDesign;
import dev.mixedmodels.engine.frame.Factor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * All random effects of one grouping factor, those of several terms of the formula together.
 *
 * @param factor the units
 * @param parts the terms
 * @param names names of the q effects
 * @param structure of D, q x q; effects of different terms or blocks are independent
 */
public record RandomGroup(Factor factor, List<RandomDesign> parts, List<String> names, LinearStructure structure) {
    /** Name of an intercept among the effects. */
    public static final String INTERCEPT = "(Intercept)";

    /**
     * @param parts terms with the same grouping
     * @param correlated the structure of a term's effects that belong together; those of different blocks are
     *            independent
     * @return the effects of that grouping
     */
    static RandomGroup of(final List<RandomDesign> parts, final Function<RandomDesign, RandomStructure> correlated) {
        final List<String> names = new ArrayList<>();
        final List<LinearStructure> structures = new ArrayList<>();
        for (final RandomDesign part : parts) {
            names.addAll(part.names());
            for (int from = 0, to = 0; from < part.effects(); from = to) {
                while (to < part.effects() && part.block(to) == part.block(from)) {
                    to++;
                }
                structures.add(correlated.apply(part).of(to - from));
            }
        }
        return new RandomGroup(parts.get(0).factor(), parts, names, StructureAlgebra.directSum(structures));
    }

    /**
     * @return q
     */
    public int effects() {
        return names.size();
    }

    /**
     * @return the name of the grouping factor in tables
     */
    public String name() {
        return factor.name();
    }

    /**
     * @param fixed the fixed effects
     * @return for each effect the kept fixed column of that name, -1 if there is none
     */
    public int[] fixedColumns(final FixedDesign fixed) {
        return parts.stream().flatMapToInt(part -> IntStream.of(part.fixedColumns(fixed))).toArray();
    }
}
