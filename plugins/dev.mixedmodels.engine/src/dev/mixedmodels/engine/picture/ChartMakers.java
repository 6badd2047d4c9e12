package dev.mixedmodels.engine.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** The charts of a picture before it is known how many marks they may have. */
public final class ChartMakers {
    private final List<IntFunction<List<Chart>>> makers = new ArrayList<>();

    /**
     * @param maker gives charts of at most so many marks each; none where there is nothing to be drawn
     */
    void add(final IntFunction<List<Chart>> maker) {
        makers.add(maker);
    }

    List<Chart> make(final int marks) {
        return makers.stream().flatMap(m -> m.apply(marks).stream()).filter(c -> c.rows() > 0).toList();
    }
}
