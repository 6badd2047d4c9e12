package dev.mixedmodels.standin.definition;

/**
 * What a node does. The functions are kept as objects, so that this package knows nothing of the types above it.
 *
 * @param parametersClass null for a node without parameters
 * @param configure the fluent API's configure function
 * @param execute the fluent API's execute function
 */
public record ModelDefinition(Class<?> parametersClass, Object configure, Object execute) {
}
