package org.knime.core.node;

import org.knime.core.node.config.ConfigWO;

/** Takes what a model stores. */
public interface ModelContentWO extends ConfigWO {

    ModelContentWO addModelContent(String key);
}
