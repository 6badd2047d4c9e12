package org.knime.core.node.port;

/** The kind of data that a port takes. */
public final class PortType {

    private final Class<? extends PortObject> objectClass;

    public PortType(final Class<? extends PortObject> objectClass) {
        this.objectClass = objectClass;
    }

    public Class<? extends PortObject> getPortObjectClass() {
        return objectClass;
    }

    public boolean acceptsPortObject(final PortObject obj) {
        return objectClass.isInstance(obj);
    }

    @Override
    public boolean equals(final Object obj) {
        return obj instanceof PortType other && objectClass == other.objectClass;
    }

    @Override
    public int hashCode() {
        return objectClass.hashCode();
    }

    @Override
    public String toString() {
        return objectClass.getSimpleName();
    }
}
