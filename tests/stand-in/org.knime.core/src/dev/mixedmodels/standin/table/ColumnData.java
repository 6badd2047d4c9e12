package dev.mixedmodels.standin.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataType;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.LongValue;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.LongCell;

/** The cells of one column: numbers as primitives, any other cells as objects of which equal ones are shared. */
interface ColumnData {

    void add(DataCell cell);

    DataCell get(int row);

    static ColumnData of(final DataType type) {
        if (type.equals(DoubleCell.TYPE)) {
            return new Numbers(bits -> new DoubleCell(Double.longBitsToDouble(bits))) {
                @Override
                long toBits(final DataCell cell) {
                    return Double.doubleToRawLongBits(((DoubleValue)cell).getDoubleValue());
                }
            };
        } else if (type.equals(IntCell.TYPE)) {
            return new Integers(value -> new IntCell((int)value));
        } else if (type.equals(LongCell.TYPE)) {
            return new Integers(LongCell::new);
        }
        return new Objects();
    }

    /** Numbers of 64 bits, and which of them are missing. */
    abstract class Numbers implements ColumnData {

        private final LongFunction<DataCell> toCell;

        private final BitSet missing = new BitSet();

        private long[] bits = new long[16];

        private int size;

        Numbers(final LongFunction<DataCell> toCell) {
            this.toCell = toCell;
        }

        abstract long toBits(DataCell cell);

        @Override
        public void add(final DataCell cell) {
            if (size == bits.length) {
                bits = Arrays.copyOf(bits, size + (size >> 1));
            }
            if (cell.isMissing()) {
                missing.set(size);
            } else {
                bits[size] = toBits(cell);
            }
            size++;
        }

        @Override
        public DataCell get(final int row) {
            return missing.get(row) ? DataType.getMissingCell() : toCell.apply(bits[row]);
        }
    }

    /** Int and long cells. */
    final class Integers extends Numbers {

        Integers(final LongFunction<DataCell> toCell) {
            super(toCell);
        }

        @Override
        long toBits(final DataCell cell) {
            return ((LongValue)cell).getLongValue();
        }
    }

    /** Cells of any type. */
    final class Objects implements ColumnData {

        private static final int MAX_SHARED = 1 << 17;

        private final Map<DataCell, DataCell> shared = new HashMap<>();

        private final List<DataCell> cells = new ArrayList<>();

        @Override
        public void add(final DataCell cell) {
            DataCell stored = shared.get(cell);
            if (stored == null) {
                stored = cell;
                if (shared.size() < MAX_SHARED) {
                    shared.put(cell, cell);
                }
            }
            cells.add(stored);
        }

        @Override
        public DataCell get(final int row) {
            return cells.get(row);
        }
    }
}
