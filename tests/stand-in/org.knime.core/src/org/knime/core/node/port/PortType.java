package org.knime.core.node.port;

/** The kind of data that a port takes. */
public final class PortType {

    private static final int GREY = 0x9b9b9b;

    private final Class<? extends PortObject> objectClass;

    private final Class<? extends PortObjectSpec> specClass;

    private final String name;

    private final int color;

    private final boolean optional;

    public PortType(final Class<? extends PortObject> objectClass) {
        this(objectClass, PortObjectSpec.class, objectClass.getSimpleName(), GREY, false);
    }

    PortType(final Class<? extends PortObject> objectClass, final Class<? extends PortObjectSpec> specClass,
        final String name, final int color, final boolean optional) {
        this.objectClass = objectClass;
        this.specClass = specClass;
        this.name = name;
        this.color = color;
        this.optional = optional;
    }

    public Class<? extends PortObject> getPortObjectClass() {
        return objectClass;
    }

    public Class<? extends PortObjectSpec> getPortObjectSpecClass() {
        return specClass;
    }

    public boolean acceptsPortObject(final PortObject obj) {
        return objectClass.isInstance(obj);
    }

    public boolean acceptsPortObjectSpec(final PortObjectSpec spec) {
        return specClass.isInstance(spec);
    }

    public boolean isOptional() {
        return optional;
    }

    public String getName() {
        return name;
    }

    public int getColor() {
        return color;
    }

    @Override
    public boolean equals(final Object obj) {
        return obj instanceof PortType other && objectClass == other.objectClass && optional == other.optional;
    }

    @Override
    public int hashCode() {
        return objectClass.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
