package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.likelihood.SubjectBlock;
import dev.mixedmodels.engine.likelihood.SubjectRows;

/**
 * Every row as a unit of its own, for structures without correlation: then only the visit of a row matters, or nothing
 * at all.
 */
final class SeparateRows implements SubjectRows {
    private final RepeatedRows rows;
    private final boolean byVisit;
    private final int[] groups;

    /**
     * @param rows the rows
     * @param byVisit whether visits are to be told apart
     */
    SeparateRows(final RepeatedRows rows, final boolean byVisit) {
        this.rows = rows;
        this.byVisit = byVisit;
        groups = new int[rows.index().size()];
        for (int s = 0; s < rows.subjects(); s++) {
            for (int i = rows.index().start(s); i < rows.index().start(s + 1); i++) {
                groups[i] = rows.group(s);
            }
        }
    }

    @Override
    public int subjects() {
        return groups.length;
    }

    @Override
    public int columns() {
        return rows.columns();
    }

    @Override
    public void read(final int place, final SubjectBlock block) {
        block.start(1, groups[place]);
        rows.fill(rows.index().row(place), block.row(0));
        block.place(0, byVisit ? rows.visit(place) : 0);
    }
}
