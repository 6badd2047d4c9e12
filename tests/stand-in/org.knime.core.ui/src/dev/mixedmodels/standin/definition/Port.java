package dev.mixedmodels.standin.definition;

/**
 * A table at an input or output.
 *
 * @param name shown to users and saved in workflows
 * @param description an XML fragment
 */
public record Port(String name, String description) {
}
