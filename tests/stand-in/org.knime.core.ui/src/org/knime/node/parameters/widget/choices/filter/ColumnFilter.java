package org.knime.node.parameters.widget.choices.filter;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataTableSpec;
import org.knime.node.parameters.persistence.Persistable;

/** A choice of columns: by name, by a pattern of the name, or by type. Its fields are what is stored of it. */
public final class ColumnFilter implements Persistable {

    private FilterMode mode = FilterMode.MANUAL;

    private PatternFilter patternFilter = new PatternFilter();

    private ManualFilter manualFilter = new ManualFilter();

    private ColumnTypeFilter typeFilter = new ColumnTypeFilter();

    /** No column. */
    public ColumnFilter() {
        this(new String[0]);
    }

    public ColumnFilter(final String[] selected) {
        manualFilter.manuallySelected = selected.clone();
    }

    public ColumnFilter(final List<DataColumnSpec> selectedColumns) {
        this(selectedColumns.stream().map(DataColumnSpec::getName).toArray(String[]::new));
    }

    /** Does not choose columns that appear later. */
    public ColumnFilter withExcludeUnknownColumns() {
        manualFilter.includeUnknownColumns = false;
        return this;
    }

    /** Chooses columns that appear later. */
    public ColumnFilter withIncludeUnknownColumns() {
        manualFilter.includeUnknownColumns = true;
        return this;
    }

    /** The names of the chosen ones among the columns that are offered, in their order. */
    public String[] filter(final List<DataColumnSpec> choices) {
        return choices.stream().filter(this::includes).map(DataColumnSpec::getName).toArray(String[]::new);
    }

    /** The same for all columns of a table. */
    public String[] filterFromFullSpec(final DataTableSpec spec) {
        return filter(spec.stream().toList());
    }

    /** The columns chosen by name that are not offered. */
    public String[] getMissingSelected(final List<DataColumnSpec> choices) {
        if (mode != FilterMode.MANUAL) {
            return new String[0];
        }
        final Set<String> names = new HashSet<>(choices.stream().map(DataColumnSpec::getName).toList());
        return Arrays.stream(manualFilter.manuallySelected).filter(n -> !names.contains(n)).toArray(String[]::new);
    }

    /** The columns chosen by name that the table does not have. */
    public String[] getMissingSelectedFromFullSpec(final DataTableSpec spec) {
        return getMissingSelected(spec.stream().toList());
    }

    private boolean includes(final DataColumnSpec column) {
        return switch (mode) {
            case MANUAL -> manualFilter.includes(column.getName());
            case REGEX -> patternFilter.includes(column.getName(), false);
            case WILDCARD -> patternFilter.includes(column.getName(), true);
            case TYPE -> typeFilter.includes(column.getType().getPreferredValueClass().getName());
        };
    }
}
