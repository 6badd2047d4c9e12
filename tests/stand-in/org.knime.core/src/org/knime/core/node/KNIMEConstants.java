package org.knime.core.node;

import org.knime.core.util.ThreadPool;

/** The thread pool that all nodes share. */
public final class KNIMEConstants {

    public static final ThreadPool GLOBAL_THREAD_POOL = new ThreadPool(Runtime.getRuntime().availableProcessors());

    private KNIMEConstants() {
    }
}
