package org.knime.core.data.container;

import dev.mixedmodels.standin.table.ContainerSettingsBuilder;

/** How a container takes its rows. */
public final class DataContainerSettings {

    private final boolean checkDuplicateRowKeys;

    DataContainerSettings(final boolean checkDuplicateRowKeys) {
        this.checkDuplicateRowKeys = checkDuplicateRowKeys;
    }

    /** The settings of a container for which none are given: ids are checked. */
    public static DataContainerSettings getDefault() {
        return builder().build();
    }

    /** Starts from the default settings. */
    public static Builder builder() {
        return new ContainerSettingsBuilder(DataContainerSettings::new);
    }

    /** Whether a row id that is there already is refused. */
    public boolean isCheckDuplicateRowKeys() {
        return checkDuplicateRowKeys;
    }

    /** Settings under construction. */
    public interface Builder {

        /** Whether a row id that is there already is refused; who switches this off answers for the ids. */
        Builder withCheckDuplicateRowKeys(boolean checkDuplicateRowKeys);

        DataContainerSettings build();
    }
}
