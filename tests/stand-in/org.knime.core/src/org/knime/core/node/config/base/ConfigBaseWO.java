package org.knime.core.node.config.base;

/** Takes values by key. */
public interface ConfigBaseWO {

    void addString(String key, String value);

    void addStringArray(String key, String... values);
}
