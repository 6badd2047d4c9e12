package org.knime.core.data;

/** Makes a column's spec. */
public final class DataColumnSpecCreator {

    private String name;

    private DataType type;

    private DataColumnDomain domain = new DataColumnDomain(null, null, null);

    private DataColumnProperties properties = new DataColumnProperties();

    /** @throws IllegalArgumentException for an empty name; NullPointerException for none */
    public DataColumnSpecCreator(final String name, final DataType type) {
        setName(name);
        setType(type);
    }

    public DataColumnSpecCreator(final DataColumnSpec cspec) {
        this(cspec.getName(), cspec.getType());
        domain = cspec.getDomain();
        properties = cspec.getProperties();
    }

    public void setName(final String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("A column needs a name.");
        }
        this.name = name;
    }

    public void setType(final DataType type) {
        if (type == null) {
            throw new NullPointerException("Column \"" + name + "\" needs a type.");
        }
        this.type = type;
    }

    public void setDomain(final DataColumnDomain domain) {
        this.domain = domain == null ? new DataColumnDomain(null, null, null) : domain;
    }

    public void setProperties(final DataColumnProperties props) {
        properties = props == null ? new DataColumnProperties() : props;
    }

    public DataColumnSpec createSpec() {
        return new DataColumnSpec(name, type, domain, properties);
    }
}
