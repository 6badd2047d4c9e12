package dev.mixedmodels.standin.definition;

/**
 * A node's view. Functions are kept as objects, so that this package knows nothing of the types above it.
 *
 * @param parametersClass null for a view without parameters
 * @param description an XML fragment
 * @param page its files
 * @param initialData the fluent API's function from the view's input to what the page gets; null for none
 */
public record ViewDefinition(Class<?> parametersClass, String description, PageDefinition page, Object initialData) {
}
