package dev.mixedmodels.standin.dialog;

import java.lang.reflect.AnnotatedElement;

import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.Inside;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;

/** Which fields and sections are there for given values. */
final class Visibility {

    private final Conditions conditions;

    Visibility(final Values values) {
        conditions = new Conditions(values);
    }

    /** False when an effect on a field or section, or on the part of the dialog that it is in, hides or disables it. */
    boolean applies(final AnnotatedElement element) {
        final Effect effect = element.getAnnotation(Effect.class);
        if (effect != null) {
            final boolean wanted = effect.type() == EffectType.SHOW || effect.type() == EffectType.ENABLE;
            if (conditions.holds(effect.predicate()) != wanted) {
                return false;
            }
        }
        final Class<?> part = partOf(element);
        return part == null || applies(part);
    }

    /** Whether a field or section, or the part of the dialog that it is in, waits for advanced settings. */
    static boolean isAdvanced(final AnnotatedElement element) {
        final Widget widget = element.getAnnotation(Widget.class);
        final Class<?> part = partOf(element);
        return element.isAnnotationPresent(Advanced.class) || widget != null && widget.advanced()
            || part != null && isAdvanced(part);
    }

    /** Null for what is in no part. */
    private static Class<?> partOf(final AnnotatedElement element) {
        final Layout layout = element.getAnnotation(Layout.class);
        final Inside inside = element.getAnnotation(Inside.class);
        return layout != null ? layout.value() : inside != null ? inside.value() : null;
    }
}
