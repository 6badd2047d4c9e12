package dev.mixedmodels.engine.oneway;

import dev.mixedmodels.engine.numeric.BinaryUnit;
import dev.mixedmodels.engine.numeric.DoubleDouble;
import java.io.Serializable;

/**
 * From where deviations of group means are measured: the grand mean, which is a response plus an offset in
 * double-double arithmetic, so that nothing cancels.
 *
 * @param unit what deviations are measured in
 * @param response a response, in its own unit
 * @param offset leading part of the grand mean less the response, in units
 * @param offsetLow its trailing part
 */
record GroupCentre(BinaryUnit unit, double response, double offset, double offsetLow) implements Serializable {
    /**
     * @param statistics groups, in the same unit
     * @param group one with rows
     * @return the mean of its responses less the grand mean, in units
     */
    double deviation(final GroupStatistics statistics, final int group) {
        final DoubleDouble mean = statistics.sumAbout(group, response);
        mean.divide(statistics.size(group), 0);
        mean.add(-offset, -offsetLow);
        return mean.value();
    }
}
