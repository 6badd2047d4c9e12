package dev.mixedmodels.standin.table;

import java.util.function.Function;

import org.knime.core.data.container.DataContainerSettings;

/** Settings of a container under construction. Each change makes another builder. */
public final class ContainerSettingsBuilder implements DataContainerSettings.Builder {

    private final Function<Boolean, DataContainerSettings> settings;

    private final boolean checkDuplicateRowKeys;

    /** @param settings makes settings of whether ids are checked */
    public ContainerSettingsBuilder(final Function<Boolean, DataContainerSettings> settings) {
        this(settings, true);
    }

    private ContainerSettingsBuilder(final Function<Boolean, DataContainerSettings> settings,
        final boolean checkDuplicateRowKeys) {
        this.settings = settings;
        this.checkDuplicateRowKeys = checkDuplicateRowKeys;
    }

    @Override
    public DataContainerSettings.Builder withCheckDuplicateRowKeys(final boolean check) {
        return new ContainerSettingsBuilder(settings, check);
    }

    @Override
    public DataContainerSettings build() {
        return settings.apply(checkDuplicateRowKeys);
    }
}
