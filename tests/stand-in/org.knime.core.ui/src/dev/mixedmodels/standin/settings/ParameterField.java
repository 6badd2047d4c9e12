package dev.mixedmodels.standin.settings;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.persistence.Persist;

/** A field of a parameters class: what is stored of it under which key, and how the dialog shows it. */
public final class ParameterField {

    private final Field field;

    private ParameterField(final Field field) {
        this.field = field;
        field.setAccessible(true);
    }

    /** The stored fields of a class, those of its superclasses first. Fields of type Void only show something. */
    public static List<ParameterField> of(final Class<?> parametersClass) {
        return withMessages(parametersClass).stream().filter(field -> field.type() != Void.class).toList();
    }

    /** The same with the fields of type Void. */
    public static List<ParameterField> withMessages(final Class<?> parametersClass) {
        final List<ParameterField> fields = new ArrayList<>();
        if (parametersClass.getSuperclass() != null && parametersClass.getSuperclass() != Object.class) {
            fields.addAll(withMessages(parametersClass.getSuperclass()));
        }
        for (Field f : parametersClass.getDeclaredFields()) {
            if (!Modifier.isStatic(f.getModifiers()) && !Modifier.isTransient(f.getModifiers()) && !f.isSynthetic()) {
                fields.add(new ParameterField(f));
            }
        }
        return fields;
    }

    /** Whether a field only shows something. */
    public static boolean isMessage(final Class<?> parametersClass, final String key) {
        return withMessages(parametersClass).stream()
            .anyMatch(field -> field.type() == Void.class && field.key().equals(key));
    }

    public Field field() {
        return field;
    }

    public Class<?> type() {
        return field.getType();
    }

    /** The field's name without a leading m_, unless {@link Persist} names another key. */
    public String key() {
        final Persist persist = field.getAnnotation(Persist.class);
        return persist != null && !persist.configKey().isEmpty() ? persist.configKey()
            : field.getName().replaceFirst("^m_", "");
    }

    /** The title in the dialog; empty for a field without a widget. */
    public String title() {
        final Widget widget = field.getAnnotation(Widget.class);
        return widget == null ? "" : widget.title();
    }

    /** The description, an XML fragment; empty for a field without a widget. */
    public String description() {
        final Widget widget = field.getAnnotation(Widget.class);
        return widget == null ? "" : widget.description();
    }

    /** Whether the field, or the part of the dialog that it is in, is advanced. */
    public boolean isAdvanced() {
        final Widget widget = field.getAnnotation(Widget.class);
        final Layout layout = field.getAnnotation(Layout.class);
        return layout != null && layout.value().isAnnotationPresent(Advanced.class) || field.isAnnotationPresent(Advanced.class) || widget != null && widget.advanced();
    }

    boolean mayBeAbsent() {
        final Migrate migrate = field.getAnnotation(Migrate.class);
        return migrate != null && migrate.loadDefaultIfAbsent()
            || field.getDeclaringClass().isAnnotationPresent(LoadDefaultsForAbsentFields.class);
    }

    public Object get(final Object parameters) {
        try {
            return field.get(parameters);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("Field " + field + " cannot be read.", e);
        }
    }

    public void set(final Object parameters, final Object value) {
        try {
            field.set(parameters, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("Field " + field + " cannot be written.", e);
        }
    }
}
