package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.frame.Factor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One of the places where least-squares means are taken.
 *
 * @param place levels and values there
 * @param text such as {@code visit = 4, dose = 2}; empty if nowhere in particular
 */
record MeansPlace(ReferenceGrid.Place place, String text) {

    /** All combinations of places, the last one running fastest. */
    static List<MeansPlace> all(final FixedDesign design, final List<At> at, final String slope) {
        List<MeansPlace> places = List.of(new MeansPlace(
            new ReferenceGrid.Place(Map.of(), Map.of(), slope == null ? Set.of() : Set.of(slope)), ""));
        for (final At one : at) {
            final List<MeansPlace> more = new ArrayList<>();
            places.forEach(place -> place.addEach(design, one, more));
            places = more;
        }
        return places;
    }

    private void addEach(final FixedDesign design, final At at, final List<MeansPlace> into) {
        if (at instanceof At.Levels levels) {
            final Factor factor = factor(design, levels.column());
            for (int level = 0; level < factor.size(); level++) {
                into.add(new MeansPlace(place.with(factor.name(), ReferenceGrid.unit(factor, level)),
                    and(factor.name() + " = " + factor.level(level))));
            }
        } else if (at instanceof At.Values values) {
            requireNumber(design, values.column());
            for (final double value : values.values()) {
                into.add(new MeansPlace(place.with(values.column(), value - values.shift()),
                    and(values.name() + " = " + Words.number(value))));
            }
        }
    }

    private String and(final String more) {
        return text.isEmpty() ? more : text + ", " + more;
    }

    /** How many combinations of places there are. */
    static double count(final FixedDesign design, final List<At> at) {
        double count = 1;
        for (final At one : at) {
            count *= one instanceof At.Values values ? values.values().length : factor(design, one.column()).size();
        }
        return count;
    }

    static Factor factor(final FixedDesign design, final String name) {
        if (!design.factors().contains(name)) {
            throw new ModelException("Least-squares means: \"" + name + "\" is not a factor of the fixed effects."
                + " Choose nominal columns that are fixed effects.");
        }
        return design.table().factor(name);
    }

    static void requireNumber(final FixedDesign design, final String name) {
        if (!design.numbers().contains(name)) {
            throw new ModelException("Least-squares means: \"" + name + "\" is not a numeric fixed effect, so that"
                + " there are no means at its values.");
        }
    }
}
