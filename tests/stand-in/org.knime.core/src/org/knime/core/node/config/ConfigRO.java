package org.knime.core.node.config;

import org.knime.core.node.config.base.ConfigBaseRO;

/** Values by key, to be read. */
public interface ConfigRO extends ConfigBaseRO {
}
