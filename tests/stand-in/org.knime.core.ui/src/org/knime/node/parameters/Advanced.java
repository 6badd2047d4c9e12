package org.knime.node.parameters;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Hides a widget, a section or a layout until advanced settings are asked for. */
@Retention(RetentionPolicy.RUNTIME)
public @interface Advanced {
}
