package dev.mixedmodels.engine.design;

import java.util.List;
import java.util.Locale;

/** Writes a redundant column as a combination of others. */
final class Combination {
    private static final int MOST_SHOWN = 6;

    private Combination() {
    }

    /** Such as {@code x3 = x1 + 2 x2 - 0.5 (Intercept)}. */
    static String text(final String name, final double[] coefficients, final List<String> columns) {
        final StringBuilder text = new StringBuilder(name).append(" = ");
        int shown = 0;
        for (int i = 0; i < coefficients.length; i++) {
            final double b = coefficients[i];
            if (b != 0) {
                if (shown == MOST_SHOWN) {
                    return text.append(" + ...").toString();
                }
                text.append(shown == 0 ? (b < 0 ? "-" : "") : b < 0 ? " - " : " + ");
                text.append(number(Math.abs(b))).append(columns.get(i));
                shown++;
            }
        }
        return shown == 0 ? text.append("0").toString() : text.toString();
    }

    private static String number(final double b) {
        if (Math.abs(b - 1) < 1e-9) {
            return "";
        }
        final String digits = String.format(Locale.ROOT, "%.6g", b);
        final boolean plain = digits.indexOf('e') < 0 && digits.indexOf('.') >= 0;
        return (plain ? digits.replaceFirst("\\.?0+$", "") : digits) + " ";
    }
}
