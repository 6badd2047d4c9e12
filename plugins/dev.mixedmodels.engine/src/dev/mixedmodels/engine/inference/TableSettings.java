package dev.mixedmodels.engine.inference;

import dev.mixedmodels.engine.common.SettingValues;
import dev.mixedmodels.engine.formula.TermTexts;
import java.util.List;
import java.util.function.Predicate;

/**
 * What the tables of least-squares means and of covariance matrices are about.
 *
 * @param meansOf factors or interactions of factors whose means are wanted; null for all factors of the mean
 * @param meansAt factor or numeric column of the mean at whose levels or values they are taken; null for the model's
 *            choice, empty for nowhere in particular
 * @param adjustment of the p-values of differences for their number
 * @param shown subject or outermost unit whose covariance matrix is shown; null for the model's choice
 */
public record TableSettings(List<List<String>> meansOf, String meansAt, Adjustment adjustment, String shown) {
    /** Means of all factors, unadjusted. */
    public static final TableSettings DEFAULT = new TableSettings(null, null, Adjustment.NONE, null);

    /**
     * @param values settings by the keys of a node
     * @param isColumn whether the table has a column of a name
     * @return the same
     * @throws dev.mixedmodels.engine.common.ModelException if a value is impossible
     */
    public static TableSettings of(final SettingValues values, final Predicate<String> isColumn) {
        return new TableSettings(TermTexts.columns(values.texts("meansOf"), isColumn), values.textOrNull("meansAt"),
            values.choice("adjustment", Adjustment.class), values.textOrNull("showSubject"));
    }

    /**
     * @param place the model's choice, or null
     * @return these settings with means taken there if no place is named
     */
    public TableSettings orAt(final String place) {
        return meansAt != null ? this : new TableSettings(meansOf, place, adjustment, shown);
    }

    /**
     * @param of factors or interactions of factors
     * @param at where their means are taken, or null
     * @return means of these, unadjusted
     */
    public static TableSettings means(final List<List<String>> of, final String at) {
        return new TableSettings(of, at, Adjustment.NONE, null);
    }
}
