package org.knime.core.node;

import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The log, here the Java platform's. */
public final class NodeLogger {

    private final Logger logger;

    private NodeLogger(final Logger logger) {
        this.logger = logger;
    }

    public static NodeLogger getLogger(final Class<?> c) {
        return getLogger(c.getName());
    }

    public static NodeLogger getLogger(final String s) {
        return new NodeLogger(Logger.getLogger(s));
    }

    public void error(final Object o) {
        error(o, null);
    }

    public void error(final Object o, final Throwable t) {
        logger.log(Level.SEVERE, String.valueOf(o), t);
    }

    public void warn(final Object o) {
        warn(o, null);
    }

    public void warn(final Object o, final Throwable t) {
        logger.log(Level.WARNING, String.valueOf(o), t);
    }

    public void info(final Object o) {
        logger.log(Level.INFO, String.valueOf(o));
    }

    public void debug(final Object o) {
        debug(o, null);
    }

    public void debug(final Object o, final Throwable t) {
        logger.log(Level.FINE, String.valueOf(o), t);
    }

    public void debug(final Supplier<Object> supplier) {
        logger.log(Level.FINE, () -> String.valueOf(supplier.get()));
    }
}
