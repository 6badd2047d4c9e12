package org.knime.core.node.port;

import java.util.Map;
import java.util.Optional;

import org.knime.core.node.port.PortObject.PortObjectSerializer;
import org.knime.core.node.port.PortObjectSpec.PortObjectSpecSerializer;

import dev.mixedmodels.standin.port.PortTypeExtension;

/** The port types that bundles register at the extension point org.knime.core.PortType. */
public final class PortTypeRegistry {

    private static final PortTypeRegistry INSTANCE = new PortTypeRegistry();

    private final Map<String, PortTypeExtension> byObjectClass = PortTypeExtension.all();

    private PortTypeRegistry() {
    }

    public static PortTypeRegistry getInstance() {
        return INSTANCE;
    }

    /** The type of this class's data; one that no bundle registers cannot be stored. */
    public PortType getPortType(final Class<? extends PortObject> objectClass) {
        return getPortType(objectClass, false);
    }

    public PortType getPortType(final Class<? extends PortObject> objectClass, final boolean isOptional) {
        final PortTypeExtension extension = byObjectClass.get(objectClass.getName());
        return extension == null
            ? new PortType(objectClass, PortObjectSpec.class, objectClass.getSimpleName(), 0, isOptional)
            : new PortType(objectClass, extension.specClass(), extension.name(), extension.color(), isOptional);
    }

    public Optional<Class<? extends PortObject>> getObjectClass(final String objectClassName) {
        return Optional.ofNullable(byObjectClass.get(objectClassName)).map(PortTypeExtension::objectClass);
    }

    public Optional<Class<? extends PortObjectSpec>> getSpecClass(final String specClassName) {
        return bySpecClass(specClassName).map(PortTypeExtension::specClass);
    }

    @SuppressWarnings("unchecked")
    public <T extends PortObject> Optional<PortObjectSerializer<T>> getObjectSerializer(final Class<T> objectClass) {
        return Optional.ofNullable(byObjectClass.get(objectClass.getName()))
            .map(extension -> (PortObjectSerializer<T>)extension.objectSerializer());
    }

    @SuppressWarnings("unchecked")
    public <T extends PortObjectSpec> Optional<PortObjectSpecSerializer<T>> getSpecSerializer(
        final Class<T> specClass) {
        return bySpecClass(specClass.getName())
            .map(extension -> (PortObjectSpecSerializer<T>)extension.specSerializer());
    }

    private Optional<PortTypeExtension> bySpecClass(final String name) {
        return byObjectClass.values().stream().filter(extension -> extension.specClassName().equals(name)).findFirst();
    }
}
