package dev.mixedmodels.standin.dialog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.layout.Section;
import org.knime.node.parameters.persistence.Persistable;
import org.knime.node.parameters.widget.choices.filter.ColumnFilter;
import org.knime.node.parameters.widget.message.TextMessage;

import dev.mixedmodels.standin.settings.ParameterField;

/** Puts the fields of a dialog into its sections, as the platform does. */
final class SectionCollector {

    private final Values values;

    private final Visibility visibility;

    private final boolean advanced;

    /** Every section that has fields at all, null for none, with those elements that are shown. */
    private final Map<Class<?>, List<String>> elements = new LinkedHashMap<>();

    SectionCollector(final Values values, final boolean advanced) {
        this.values = values;
        visibility = new Visibility(values);
        this.advanced = advanced;
    }

    List<DialogSection> of(final List<?> parameters) {
        parameters.forEach(group -> collect(group, "", null));
        final List<DialogSection> sections = new ArrayList<>();
        if (elements.containsKey(null)) {
            sections.add(new DialogSection("", elements.get(null)));
        }
        for (Class<?> section : SectionOrder.sort(elements.keySet().stream().filter(Objects::nonNull).toList())) {
            if (visibility.applies(section) && (advanced || !Visibility.isAdvanced(section))) {
                sections.add(new DialogSection(section.getAnnotation(Section.class).title(), elements.get(section)));
            }
        }
        return sections;
    }

    private void collect(final Object group, final String prefix, final Class<?> part) {
        for (ParameterField field : ParameterField.withMessages(group.getClass())) {
            final boolean nested = isGroup(field.type());
            final boolean message = field.field().isAnnotationPresent(TextMessage.class);
            if (nested || message || field.field().isAnnotationPresent(Widget.class)) {
                final Layout layout = field.field().getAnnotation(Layout.class);
                final Class<?> own = layout == null ? part : layout.value();
                final List<String> section =
                    elements.computeIfAbsent(SectionOrder.of(own).orElse(null), s -> new ArrayList<>());
                if (isShown(field)) {
                    if (nested) {
                        collect(field.get(group), prefix + field.key() + "/", own);
                    } else if (!message) {
                        widget(field, field.get(group), prefix, section);
                    } else if (values.compute(field.field().getAnnotation(TextMessage.class).value()).isPresent()) {
                        section.add(field.key());
                    }
                }
            }
        }
    }

    private boolean isShown(final ParameterField field) {
        return visibility.applies(field.field()) && (advanced || !Visibility.isAdvanced(field.field()));
    }

    private static boolean isGroup(final Class<?> type) {
        return Persistable.class.isAssignableFrom(type) && type != ColumnFilter.class;
    }

    private void widget(final ParameterField field, final Object value, final String prefix,
        final List<String> section) {
        section.add(prefix + field.key());
        if (value instanceof Persistable[] items) {
            for (int i = 0; i < items.length; i++) {
                final String item = prefix + field.key() + "[" + i + "]/";
                new SectionCollector(values.within(items[i]), advanced).of(List.of(items[i]))
                    .forEach(inner -> inner.elements().forEach(key -> section.add(item + key)));
            }
        }
    }
}
