package org.knime.core.data;

/** What a cell can be read as: a number, a text, a date. A cell class implements one interface per way to read it. */
public interface DataValue {
}
