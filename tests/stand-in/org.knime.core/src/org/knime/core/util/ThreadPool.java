package org.knime.core.util;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A pool of daemon threads, one a processor. */
public class ThreadPool {

    private final int threads;

    private final ExecutorService executor;

    public ThreadPool(final int max) {
        threads = max;
        executor = Executors.newFixedThreadPool(max, task -> {
            final Thread thread = new Thread(task, "stand-in worker");
            thread.setDaemon(true);
            return thread;
        });
    }

    public int getMaxThreads() {
        return threads;
    }

    /** Runs the task as soon as a thread is free; does not wait for it. */
    public <T> Future<T> enqueue(final Callable<T> task) {
        return executor.submit(task);
    }

    /** Runs the task as soon as a thread is free; does not wait for it. */
    public Future<?> enqueue(final Runnable r) {
        return executor.submit(r);
    }
}
