package dev.mixedmodels.standin.dialog;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.knime.node.parameters.layout.After;
import org.knime.node.parameters.layout.Before;
import org.knime.node.parameters.layout.Inside;
import org.knime.node.parameters.layout.Section;

/** The order of the sections of a dialog: as After and Before say, by name where these leave it open. */
final class SectionOrder {

    private final Map<Class<?>, Set<Class<?>>> earlier = new HashMap<>();

    private SectionOrder() {
    }

    /** @throws IllegalStateException when they are ordered in a circle */
    static List<Class<?>> sort(final Collection<Class<?>> sections) {
        final SectionOrder order = new SectionOrder();
        final Deque<Class<?>> open = new ArrayDeque<>(sections);
        while (!open.isEmpty()) {
            order.add(open.pop(), open);
        }
        return order.sorted().stream().filter(sections::contains).toList();
    }

    private void add(final Class<?> section, final Deque<Class<?>> open) {
        node(section);
        final After after = section.getAnnotation(After.class);
        if (after != null && node(section).add(after.value())) {
            open.push(after.value());
        }
        final Before before = section.getAnnotation(Before.class);
        if (before != null && node(before.value()).add(section)) {
            open.push(before.value());
        }
    }

    private Set<Class<?>> node(final Class<?> section) {
        return earlier.computeIfAbsent(section, s -> new HashSet<>());
    }

    private List<Class<?>> sorted() {
        final List<Class<?>> sorted = new ArrayList<>();
        while (!earlier.isEmpty()) {
            final Class<?> next = earlier.keySet().stream().filter(section -> earlier.get(section).isEmpty())
                .min(Comparator.comparing(Class::getSimpleName))
                .orElseThrow(() -> new IllegalStateException("The sections are ordered in a circle: " + earlier));
            earlier.remove(next);
            earlier.values().forEach(before -> before.remove(next));
            sorted.add(next);
        }
        return sorted;
    }

    /** The section that a part of the dialog is, or is in; empty for none. */
    static Optional<Class<?>> of(final Class<?> part) {
        if (part == null || part.isAnnotationPresent(Section.class)) {
            return Optional.ofNullable(part);
        }
        final Inside inside = part.getAnnotation(Inside.class);
        return of(inside == null ? part.getEnclosingClass() : inside.value());
    }
}
