package org.knime.node.parameters.widget.choices;

/**
 * A constant to choose, and how it is shown.
 *
 * @param <E> the enum
 */
public record EnumChoice<E extends Enum<E>>(E id, String text) {

    /** The constant under the text of its {@link Label}. */
    public static <E extends Enum<E>> EnumChoice<E> fromEnumConst(final E enumConst) {
        try {
            final Label label = enumConst.getDeclaringClass().getField(enumConst.name()).getAnnotation(Label.class);
            return new EnumChoice<>(enumConst, label == null ? enumConst.name() : label.value());
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(enumConst + " is no constant of its class", e);
        }
    }
}
