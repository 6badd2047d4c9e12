package org.knime.core.node;

import org.knime.core.node.config.ConfigRO;

/** A stored model, to be read. */
public interface ModelContentRO extends ConfigRO {

    ModelContentRO getModelContent(String key) throws InvalidSettingsException;
}
