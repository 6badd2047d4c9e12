package org.knime.node.parameters;

/** Marks a class whose fields are shown as a group of widgets. */
public interface WidgetGroup {
}
