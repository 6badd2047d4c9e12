package dev.mixedmodels.standin.definition;

/**
 * What a node says of itself.
 *
 * @param icon path from the factory's package, or from the root of its bundle
 * @param fullDescription an XML fragment
 * @param sinceVersion as in 1.0.0
 */
public record NodeTexts(String name, String icon, String shortDescription, String fullDescription,
    String sinceVersion) {
}
