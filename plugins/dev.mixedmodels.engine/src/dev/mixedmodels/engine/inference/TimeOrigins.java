package dev.mixedmodels.engine.inference;

import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FitStatisticRow.Category;
import java.util.List;

/** Says in Model fit what dates are counted from, for the intercept and a random intercept are those of that time. */
public final class TimeOrigins {
    private TimeOrigins() {
    }

    /**
     * @param frame the columns of the model
     * @return one row for each column of dates
     */
    public static List<FitStatisticRow> of(final Frame frame) {
        return frame.names().stream().map(frame::column).filter(column -> !column.origin().isEmpty())
            .map(TimeOrigins::row).toList();
    }

    private static FitStatisticRow row(final Column column) {
        return FitStatisticRow.of(Category.MODEL, "Origin of " + column.name(), Double.NaN,
            "\"" + column.name() + "\" is counted in " + column.origin() + ", the first in the data.");
    }
}
