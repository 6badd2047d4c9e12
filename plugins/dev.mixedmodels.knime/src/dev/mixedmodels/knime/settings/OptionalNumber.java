package dev.mixedmodels.knime.settings;

import org.knime.core.node.InvalidSettingsException;

/** Numbers that may be left out: settings kept as texts, empty for none. */
public final class OptionalNumber {
    private OptionalNumber() {
    }

    /**
     * @param text a number or nothing
     * @param title title of the setting
     * @return the number, NaN for none
     * @throws InvalidSettingsException if the text is neither
     */
    public static double parse(final String text, final String title) throws InvalidSettingsException {
        if (text == null || text.isBlank()) {
            return Double.NaN;
        }
        try {
            final double number = Double.parseDouble(text.strip());
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (final NumberFormatException e) {
            throw wrong(text, title, e);
        }
        throw wrong(text, title, null);
    }

    private static InvalidSettingsException wrong(final String text, final String title,
        final NumberFormatException cause) {
        return new InvalidSettingsException("\"" + title + "\" is \"" + text + "\", which is not a finite number. "
            + "Write one with a decimal point, such as 0.5, or leave the field empty.", cause);
    }
}
