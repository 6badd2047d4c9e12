package org.knime.core.data;

/** Name, type, domain and properties of a column. */
public final class DataColumnSpec {

    private final String name;

    private final DataType type;

    private final DataColumnDomain domain;

    private final DataColumnProperties properties;

    DataColumnSpec(final String name, final DataType type, final DataColumnDomain domain,
        final DataColumnProperties properties) {
        this.name = name;
        this.type = type;
        this.domain = domain;
        this.properties = properties;
    }

    public String getName() {
        return name;
    }

    public DataType getType() {
        return type;
    }

    public DataColumnDomain getDomain() {
        return domain;
    }

    public DataColumnProperties getProperties() {
        return properties;
    }

    /** True for the same name and type, whatever the domain and the properties. */
    public boolean equalStructure(final DataColumnSpec cspec) {
        return name.equals(cspec.name) && type.equals(cspec.type);
    }

    @Override
    public boolean equals(final Object o) {
        return o instanceof DataColumnSpec other && equalStructure(other) && domain.equals(other.domain)
            && properties.equals(other.properties);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + type.hashCode();
    }

    @Override
    public String toString() {
        return name + " (" + type.getName() + ")";
    }
}
