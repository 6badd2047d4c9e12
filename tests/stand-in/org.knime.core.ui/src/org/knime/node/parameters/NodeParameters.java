package org.knime.node.parameters;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.persistence.Persistable;

/** The settings of a node: fields with initial values, a constructor without arguments and perhaps one with context. */
public interface NodeParameters extends Persistable, WidgetGroup {

    /** Called for new settings, for loaded ones and for those a dialog leaves. */
    default void validate() throws InvalidSettingsException {
    }
}
