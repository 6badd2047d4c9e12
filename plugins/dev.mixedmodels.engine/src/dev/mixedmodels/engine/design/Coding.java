package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.frame.Factor;

/** How the levels of a factor become columns: contrasts with R's values and names. */
public enum Coding {
    /** Each level against the first one. */
    TREATMENT {
        @Override
        double value(final int level, final int column, final int levels) {
            return level == column + 1 ? 1 : 0;
        }

        @Override
        String suffix(final Factor factor, final int column) {
            return factor.level(column + 1);
        }
    },
    /** Each level but the last against the unweighted mean of all. */
    SUM {
        @Override
        double value(final int level, final int column, final int levels) {
            if (level == levels - 1) {
                return -1;
            }
            return level == column ? 1 : 0;
        }
    },
    /** Each level after the first against the mean of those before it. */
    HELMERT {
        @Override
        double value(final int level, final int column, final int levels) {
            if (level > column + 1) {
                return 0;
            }
            return level == column + 1 ? column + 1 : -1;
        }
    };

    /**
     * @param level code of a level
     * @param column contrast, 0 to levels - 2
     * @param levels number of levels
     * @return entry of the contrast matrix
     */
    abstract double value(int level, int column, int levels);

    /**
     * @param factor the factor
     * @param column contrast, 0 to levels - 2
     * @return what follows the factor's name in the name of the column
     */
    String suffix(final Factor factor, final int column) {
        return Integer.toString(column + 1);
    }
}
