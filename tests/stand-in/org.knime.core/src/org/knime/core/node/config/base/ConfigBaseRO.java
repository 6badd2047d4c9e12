package org.knime.core.node.config.base;

import java.io.IOException;
import java.io.OutputStream;

import org.knime.core.node.InvalidSettingsException;

/** Values by key, to be read. */
public interface ConfigBaseRO {

    /** @throws InvalidSettingsException for a key that is not there */
    String getString(String key) throws InvalidSettingsException;

    /** @throws InvalidSettingsException for a key that is not there */
    String[] getStringArray(String key) throws InvalidSettingsException;

    boolean containsKey(String key);

    /** Closes the stream. */
    void saveToXML(OutputStream os) throws IOException;
}
