package org.knime.core.node.config;

import org.knime.core.node.config.base.ConfigBaseWO;

/** Takes values by key. */
public interface ConfigWO extends ConfigBaseWO {
}
