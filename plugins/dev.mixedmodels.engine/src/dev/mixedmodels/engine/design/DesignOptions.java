package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.common.SettingValues;
import dev.mixedmodels.engine.frame.LevelOrder;
import dev.mixedmodels.engine.frame.MissingValues;
import java.io.Serializable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How columns of the table enter a model.
 *
 * @param coding contrasts of factors
 * @param missing what to do with missing values
 * @param orders order of levels by column; others are in natural order
 * @param nominal columns of visits: factors in the terms of the model though they be numeric, with an order of their
 *            own
 * @param alsoUsed columns that the model uses beside those of its formula; a row needs a value there too
 * @param ownUnit whether the response is measured in a unit of its own, {@link ModelDesign#responseUnit}
 * @param weights column of weights, by which the residual variance of a row is divided; null for none
 * @param tests what is tested of terms of the mean
 */
public record DesignOptions(Coding coding, MissingValues missing, Map<String, LevelOrder> orders, Set<String> nominal,
    Set<String> alsoUsed, boolean ownUnit, String weights, TestType tests) implements Serializable {
    /** Treatment coding, natural order, incomplete rows left out. */
    public static final DesignOptions DEFAULT =
        new DesignOptions(Coding.TREATMENT, MissingValues.OMIT_ROWS, Map.of(), Set.of(), Set.of(), false, null,
            TestType.III);

    /**
     * @param values settings by the keys of a node
     * @return the same
     * @throws dev.mixedmodels.engine.common.ModelException if a value is impossible
     */
    public static DesignOptions of(final SettingValues values) {
        return ofFactors(values).withWeights(values.textOrNull("weights"))
            .withTests(values.choice("testType", TestType.class));
    }

    /**
     * @param values settings by the keys of a node whose model has neither weights nor tests of several types
     * @return the same
     * @throws dev.mixedmodels.engine.common.ModelException if a value is impossible
     */
    public static DesignOptions ofFactors(final SettingValues values) {
        DesignOptions options = DEFAULT.withCoding(values.choice("coding", Coding.class))
            .withMissing(values.choice("missingValues", MissingValues.class));
        for (final SettingValues reference : values.groups("referenceLevels")) {
            options = options.withOrder(reference.text("column"), LevelOrder.reference(reference.text("level")));
        }
        return options;
    }

    /**
     * @param other contrasts of factors
     * @return these options with it
     */
    public DesignOptions withCoding(final Coding other) {
        return new DesignOptions(other, missing, orders, nominal, alsoUsed, ownUnit, weights, tests);
    }

    /**
     * @param other what to do with missing values
     * @return these options with it
     */
    public DesignOptions withMissing(final MissingValues other) {
        return new DesignOptions(coding, other, orders, nominal, alsoUsed, ownUnit, weights, tests);
    }

    /**
     * @param column name of a column
     * @param order order of its levels
     * @return these options with it
     */
    public DesignOptions withOrder(final String column, final LevelOrder order) {
        final Map<String, LevelOrder> all = new HashMap<>(orders);
        all.put(column, order);
        return new DesignOptions(coding, missing, Map.copyOf(all), nominal, alsoUsed, ownUnit, weights, tests);
    }

    /**
     * @param columns columns of visits, to be taken as factors
     * @return these options with them
     */
    public DesignOptions withNominal(final String... columns) {
        final Set<String> all = new HashSet<>(nominal);
        all.addAll(List.of(columns));
        return new DesignOptions(coding, missing, orders, Set.copyOf(all), alsoUsed, ownUnit, weights, tests);
    }

    /**
     * @param columns columns that the model uses beside those of its formula
     * @return these options with them
     */
    public DesignOptions withAlsoUsed(final String... columns) {
        final Set<String> all = new LinkedHashSet<>(alsoUsed);
        all.addAll(List.of(columns));
        return new DesignOptions(coding, missing, orders, nominal, all, ownUnit, weights, tests);
    }

    /**
     * @return these options with the response in a unit of its own
     */
    public DesignOptions withOwnUnit() {
        return new DesignOptions(coding, missing, orders, nominal, alsoUsed, true, weights, tests);
    }

    /**
     * @param column of weights, by which the residual variance of a row is divided; null for none
     * @return these options with it
     */
    public DesignOptions withWeights(final String column) {
        return new DesignOptions(coding, missing, orders, nominal, alsoUsed, ownUnit, column, tests);
    }

    /**
     * @param type what is tested of terms of the mean
     * @return these options with it
     */
    public DesignOptions withTests(final TestType type) {
        return new DesignOptions(coding, missing, orders, nominal, alsoUsed, ownUnit, weights, type);
    }
}
