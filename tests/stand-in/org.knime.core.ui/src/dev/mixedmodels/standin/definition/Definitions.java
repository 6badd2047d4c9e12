package dev.mixedmodels.standin.definition;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

/** Gives the definition of a factory, which the platform's API keeps to itself. */
public final class Definitions {

    private static final Map<Object, NodeDefinition> OF_FACTORY = Collections.synchronizedMap(new WeakHashMap<>());

    private Definitions() {
    }

    public static void register(final Object factory, final NodeDefinition definition) {
        OF_FACTORY.put(factory, definition);
    }

    /** @throws IllegalArgumentException for a factory that registered none */
    public static NodeDefinition of(final Object factory) {
        final NodeDefinition definition = OF_FACTORY.get(factory);
        if (definition == null) {
            throw new IllegalArgumentException(factory.getClass().getName() + " has no node definition.");
        }
        return definition;
    }
}
