package dev.mixedmodels.knime.table;

import dev.mixedmodels.engine.common.RowNames;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.data.container.filter.TableFilter;
import org.knime.core.node.BufferedDataTable;

/** The row ids of an input table, looked up in one pass when a message or a label names rows. */
public final class RowIds implements RowNames {
    private final BufferedDataTable table;

    /**
     * @param table the input
     */
    public RowIds(final BufferedDataTable table) {
        this.table = table;
    }

    @Override
    public String[] of(final int... rows) {
        final int last = IntStream.of(rows).max().orElse(-1);
        final Map<Integer, String> wanted = new HashMap<>();
        IntStream.of(rows).forEach(row -> wanted.put(row, ""));
        try (CloseableRowIterator all = table.filter(TableFilter.materializeCols()).iterator()) {
            for (int row = 0; row <= last && all.hasNext(); row++) {
                final String id = all.next().getKey().getString();
                wanted.computeIfPresent(row, (r, none) -> id);
            }
        }
        return IntStream.of(rows).mapToObj(wanted::get).toArray(String[]::new);
    }
}
