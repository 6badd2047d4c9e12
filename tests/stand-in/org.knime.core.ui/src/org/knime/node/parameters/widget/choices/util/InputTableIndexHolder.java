package org.knime.node.parameters.widget.choices.util;

/** Knows which input a list of columns is read from. */
public interface InputTableIndexHolder {

    /** Counted from 0, the first by default. */
    default int getInputTableIndex() {
        return 0;
    }
}
