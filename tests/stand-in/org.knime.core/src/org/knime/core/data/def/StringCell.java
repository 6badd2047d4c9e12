package org.knime.core.data.def;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataType;
import org.knime.core.data.NominalValue;
import org.knime.core.data.StringValue;

/** A text, which is a category too. */
public final class StringCell extends DataCell implements StringValue, NominalValue {

    private static final long serialVersionUID = 1L;

    public static final DataType TYPE = DataType.getType(StringCell.class);

    private final String text;

    /** @throws NullPointerException without a text */
    public StringCell(final String str) {
        if (str == null) {
            throw new NullPointerException("A string cell needs a text; use a missing cell instead.");
        }
        text = str;
    }

    @Override
    public String getStringValue() {
        return text;
    }

    @Override
    protected boolean equalsDataCell(final DataCell dc) {
        return text.equals(((StringCell)dc).text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
