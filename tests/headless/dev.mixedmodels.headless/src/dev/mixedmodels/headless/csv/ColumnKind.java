package dev.mixedmodels.headless.csv;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataType;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.LongCell;
import org.knime.core.data.def.StringCell;

import dev.mixedmodels.standin.cell.LocalDateCell;
import dev.mixedmodels.standin.cell.LocalDateTimeCell;

/** What the cells of a CSV column are, the narrowest first; each later number kind takes all cells of the earlier. */
enum ColumnKind {

    INT(IntCell.TYPE) {
        @Override
        boolean accepts(final String text) {
            return isInteger(text, 10) && Long.parseLong(text) == (int)Long.parseLong(text);
        }

        @Override
        DataCell cell(final String text) {
            return new IntCell(Integer.parseInt(text));
        }
    },
    LONG(LongCell.TYPE) {
        @Override
        boolean accepts(final String text) {
            return isInteger(text, 18);
        }

        @Override
        DataCell cell(final String text) {
            return new LongCell(Long.parseLong(text));
        }
    },
    DOUBLE(DoubleCell.TYPE) {
        @Override
        boolean accepts(final String text) {
            return Decimal.isNumber(text);
        }

        @Override
        DataCell cell(final String text) {
            return new DoubleCell(Decimal.parse(text));
        }
    },
    DATE(LocalDateCell.TYPE) {
        @Override
        boolean accepts(final String text) {
            try {
                LocalDate.parse(text);
                return true;
            } catch (DateTimeParseException e) {
                return false;
            }
        }

        @Override
        DataCell cell(final String text) {
            return new LocalDateCell(LocalDate.parse(text));
        }
    },
    DATE_TIME(LocalDateTimeCell.TYPE) {
        @Override
        boolean accepts(final String text) {
            try {
                LocalDateTime.parse(text);
                return true;
            } catch (DateTimeParseException e) {
                return false;
            }
        }

        @Override
        DataCell cell(final String text) {
            return new LocalDateTimeCell(LocalDateTime.parse(text));
        }
    },
    TEXT(StringCell.TYPE) {
        @Override
        boolean accepts(final String text) {
            return true;
        }

        @Override
        DataCell cell(final String text) {
            return new StringCell(text);
        }
    };

    private final DataType type;

    ColumnKind(final DataType type) {
        this.type = type;
    }

    DataType type() {
        return type;
    }

    /** True for a cell that can stand in a column of this kind. */
    abstract boolean accepts(String text);

    abstract DataCell cell(String text);

    private static boolean isInteger(final String text, final int maxDigits) {
        final int start = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        final int digits = text.length() - start;
        if (digits < 1 || digits > maxDigits) {
            return false;
        }
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
