package dev.mixedmodels.engine.common;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Settings by their keys, as a node persists them and a file holds them: texts, numbers, truth values, lists of texts
 * and lists of groups of settings. A number or a truth value may be written as a text.
 */
public final class SettingValues {
    private final Map<String, ?> values;

    /**
     * @param values all settings by key
     */
    public SettingValues(final Map<String, ?> values) {
        this.values = values;
    }

    private Object value(final String key) {
        final Object value = values.get(key);
        if (value == null) {
            throw new ModelException("There is no setting \"" + key + "\".");
        }
        return value;
    }

    private static ModelException wrong(final String key, final Object value, final String kind) {
        return new ModelException("The setting \"" + key + "\" is \"" + value + "\" and must be " + kind + ".");
    }

    /**
     * @param key of a text
     * @return the text
     * @throws ModelException if there is no such setting
     */
    public String text(final String key) {
        return value(key).toString();
    }

    /**
     * @param key of a column that need not be chosen
     * @return its name; null if none is chosen
     * @throws ModelException if there is no such setting
     */
    public String textOrNull(final String key) {
        return text(key).isEmpty() ? null : text(key);
    }

    /**
     * @param key of a number
     * @return the number
     * @throws ModelException if there is no such setting or it is no number
     */
    public double number(final String key) {
        final Object value = value(key);
        try {
            return value instanceof Number number ? number.doubleValue() : Double.parseDouble(value.toString());
        } catch (final NumberFormatException e) {
            throw wrong(key, value, "a number");
        }
    }

    /**
     * @param key of a number that need not be there, held as a text
     * @param title of the setting in the dialog
     * @return the number; NaN if the text is blank
     * @throws ModelException if there is no such setting, or it is neither blank nor a finite number
     */
    public double optionalNumber(final String key, final String title) {
        final String text = text(key);
        if (text.isBlank()) {
            return Double.NaN;
        }
        double number;
        try {
            number = Double.parseDouble(text.strip());
        } catch (final NumberFormatException e) {
            number = Double.NaN;
        }
        if (!Double.isFinite(number)) {
            throw new ModelException("\"" + title + "\" is \"" + text + "\", which is not a finite number. "
                + "Write one with a decimal point, such as 0.5, or leave the field empty.");
        }
        return number;
    }

    /**
     * @param key of a whole number
     * @return the number
     * @throws ModelException if there is no such setting or it is no whole number
     */
    public long whole(final String key) {
        final double number = number(key);
        if (number != Math.rint(number) || Math.abs(number) > 0x1p53) {
            throw wrong(key, value(key), "a whole number");
        }
        return (long) number;
    }

    /**
     * @param key of a truth value
     * @return whether it is true
     * @throws ModelException if there is no such setting or it is neither true nor false
     */
    public boolean flag(final String key) {
        final String text = text(key);
        if (!text.equals("true") && !text.equals("false")) {
            throw wrong(key, text, "true or false");
        }
        return text.equals("true");
    }

    /**
     * @param <E> what can be chosen
     * @param key of a choice
     * @param type what can be chosen
     * @return the choice
     * @throws ModelException if there is no such setting or its value cannot be chosen
     */
    public <E extends Enum<E>> E choice(final String key, final Class<E> type) {
        final String text = text(key);
        return Arrays.stream(type.getEnumConstants()).filter(constant -> constant.name().equals(text)).findFirst()
            .orElseThrow(() -> wrong(key, text, "one of "
                + Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "))));
    }

    /**
     * @param key of a list of texts
     * @return the texts
     * @throws ModelException if there is no such setting or it is no list
     */
    public List<String> texts(final String key) {
        return list(key).stream().map(Object::toString).toList();
    }

    /**
     * @param key of a list of groups of settings
     * @return the groups
     * @throws ModelException if there is no such setting or it is no list of groups
     */
    public List<SettingValues> groups(final String key) {
        return list(key).stream().map(element -> {
            if (!(element instanceof Map<?, ?> group)) {
                throw wrong(key, value(key), "a list of groups of settings");
            }
            return new SettingValues(group.entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().toString(), Map.Entry::getValue)));
        }).toList();
    }

    private List<?> list(final String key) {
        if (!(value(key) instanceof List<?> list)) {
            throw wrong(key, value(key), "a list");
        }
        return list;
    }
}
