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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.knime.node.parameters.layout.After;
import org.knime.node.parameters.layout.Before;
import org.knime.node.parameters.layout.Inside;
import org.knime.node.parameters.layout.Section;

/**
 * The order of the sections of a dialog. The parts make a tree: a part is inside the class around it, unless it says
 * that it is inside another, or before or after a part that is elsewhere. Those side by side are ordered as After and
 * Before say, by name where these leave it open.
 */
final class SectionOrder {

    private final Map<Class<?>, Set<Class<?>>> earlier = new HashMap<>();

    private SectionOrder() {
    }

    /** @throws IllegalStateException when no one part has all others inside, or when some are ordered in a circle */
    static List<Class<?>> sort(final Collection<Class<?>> sections) {
        final SectionOrder order = new SectionOrder();
        final Deque<Class<?>> open = new ArrayDeque<>(sections);
        while (!open.isEmpty()) {
            order.add(open.pop(), open);
        }
        final List<Class<?>> roots = sections.stream().<Class<?>>map(SectionOrder::root).distinct().toList();
        if (roots.size() > 1) {
            throw new IllegalStateException("A dialog has one part with all others inside, not " + roots);
        }
        final List<Class<?>> sorted = new ArrayList<>();
        roots.forEach(root -> order.collect(root, sorted));
        return sorted.stream().filter(sections::contains).toList();
    }

    private void add(final Class<?> part, final Deque<Class<?>> open) {
        if (earlier.putIfAbsent(part, new HashSet<>()) == null) {
            final After after = part.getAnnotation(After.class);
            final Before before = part.getAnnotation(Before.class);
            if (after != null) {
                add(after.value(), open);
                earlier.get(part).add(after.value());
            }
            if (before != null) {
                add(before.value(), open);
                earlier.get(before.value()).add(part);
            }
            container(part).ifPresent(open::push);
        }
    }

    private static Optional<Class<?>> container(final Class<?> part) {
        final Inside inside = part.getAnnotation(Inside.class);
        if (inside != null) {
            return Optional.of(inside.value());
        }
        return Stream.of(part.getAnnotation(After.class), part.getAnnotation(Before.class)).filter(Objects::nonNull)
            .<Class<?>>map(a -> a instanceof After after ? after.value() : ((Before)a).value())
            .filter(target -> target.getEnclosingClass() != part.getEnclosingClass()).findFirst()
            .map(SectionOrder::container).orElseGet(() -> Optional.ofNullable(part.getEnclosingClass()));
    }

    private static Class<?> root(final Class<?> part) {
        return container(part).<Class<?>>map(SectionOrder::root).orElse(part);
    }

    private void collect(final Class<?> part, final List<Class<?>> sorted) {
        sorted.add(part);
        final Set<Class<?>> inside = new HashSet<>();
        earlier.keySet().stream().filter(other -> container(other).filter(part::equals).isPresent())
            .forEach(inside::add);
        while (!inside.isEmpty()) {
            final Class<?> next = inside.stream()
                .filter(other -> earlier.get(other).stream().noneMatch(inside::contains))
                .min(Comparator.comparing(Class::getSimpleName))
                .orElseThrow(() -> new IllegalStateException("The sections are ordered in a circle: " + inside));
            inside.remove(next);
            collect(next, sorted);
        }
    }

    /** The section that a part of the dialog is, or is in; empty for none. */
    static Optional<Class<?>> of(final Class<?> part) {
        if (part == null || part.isAnnotationPresent(Section.class)) {
            return Optional.ofNullable(part);
        }
        return container(part).flatMap(SectionOrder::of);
    }
}
