package dev.mixedmodels.engine.design;


/** Sensible places for least-squares means when only a column is named. */
public final class MeansPlaces {
    private MeansPlaces() {
    }

    /**
     * @param design the design
     * @param column a factor of the mean, or a numeric column; null or empty for nowhere in particular
     * @return each level of the factor; each value of the numeric column among the fitted rows if they are few, else
     *         its least, quartiles and greatest; null for nowhere in particular
     */
    public static At of(final ModelDesign design, final String column) {
        if (column == null || column.isEmpty()) {
            return null;
        }
        if (design.fixed().factors().contains(column)) {
            return new At.Levels(column);
        }
        return new At.Values(column, design.summary(column).places());
    }
}
