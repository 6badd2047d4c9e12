package dev.mixedmodels.engine.common;

/** A heap that has only so much left, until it is closed. */
public final class FullHeap implements AutoCloseable {
    /**
     * @param bytes what is left
     */
    public FullHeap(final long bytes) {
        Heap.leave(() -> bytes);
    }

    @Override
    public void close() {
        Heap.leave(Heap::ofMachine);
    }
}
