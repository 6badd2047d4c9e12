package dev.mixedmodels.standin.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.knime.core.data.RowKey;
import org.knime.core.util.DuplicateKeyException;

/** The ids of a table's rows. A leading run of the usual Row0, Row1, ... is only counted, not stored. */
final class RowIds {

    private int counted;

    private final List<String> others = new ArrayList<>();

    private final boolean checked;

    private final Set<String> seen = new HashSet<>();

    /** @param checked whether an id that is there already is refused */
    RowIds(final boolean checked) {
        this.checked = checked;
    }

    int size() {
        return counted + others.size();
    }

    void add(final String id) {
        if (others.isEmpty() && id.equals(usual(counted))) {
            counted++;
        } else if (checked && (isCounted(id) || !seen.add(id))) {
            throw new DuplicateKeyException("Duplicate row id \"" + id + "\"", id);
        } else {
            others.add(id);
        }
    }

    String get(final int row) {
        return row < counted ? usual(row) : others.get(row - counted);
    }

    private boolean isCounted(final String id) {
        if (!id.matches("Row(0|[1-9][0-9]{0,8})")) {
            return false;
        }
        return Integer.parseInt(id.substring(3)) < counted;
    }

    private static String usual(final int row) {
        return RowKey.createRowKey(row).getString();
    }
}
