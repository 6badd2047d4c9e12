package org.knime.node.parameters.widget.number;

import java.util.Locale;

import org.knime.node.parameters.validation.BuiltinValidation;

/** A bound of a number. */
public sealed interface NumberInputWidgetValidation extends BuiltinValidation {

    /** True when the bound itself is not allowed. */
    default boolean isExclusive() {
        return false;
    }

    /** A smallest value. */
    abstract non-sealed class MinValidation implements NumberInputWidgetValidation {

        protected abstract double getMin();

        @Override
        public String getErrorMessage() {
            return String.format(Locale.ROOT, "The value must be %s %s.", isExclusive() ? "greater than" : "at least",
                getMin());
        }

        /** At least 0. */
        public static final class IsNonNegativeValidation extends MinValidation {
            @Override
            public double getMin() {
                return 0;
            }
        }

        /** At least 1. */
        public static final class IsPositiveIntegerValidation extends MinValidation {
            @Override
            public double getMin() {
                return 1;
            }
        }

        /** More than 0. */
        public static final class IsPositiveDoubleValidation extends MinValidation {
            @Override
            public double getMin() {
                return 0;
            }

            @Override
            public boolean isExclusive() {
                return true;
            }
        }
    }

    /** A largest value. */
    abstract non-sealed class MaxValidation implements NumberInputWidgetValidation {

        protected abstract double getMax();

        @Override
        public String getErrorMessage() {
            return String.format(Locale.ROOT, "The value must be %s %s.", isExclusive() ? "less than" : "at most",
                getMax());
        }
    }
}
