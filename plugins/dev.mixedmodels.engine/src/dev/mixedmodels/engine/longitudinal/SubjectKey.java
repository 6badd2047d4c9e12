package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.frame.Factor;
import java.io.Serializable;

/**
 * How a row tells whose it is and when.
 *
 * @param column of the subjects; null if the random terms group by them
 * @param time column of the time; null where the order of the rows is that of the table
 */
record SubjectKey(String column, String time) implements Serializable {
    /** The subjects of the rows of a design. */
    Factor subject(final ModelDesign design) {
        return design.random().isEmpty() ? design.factor(column) : design.random().get(0).factor();
    }
}
