package dev.mixedmodels.engine.common;

import java.util.function.LongSupplier;

/** Refuses what would not fit into memory before it is filled. */
public final class Heap {
    /** Part of what is left that data may take; the rest is for the work on them. */
    private static final double SHARE = 0.9;
    private static final int MIB = 1 << 20;

    /** Bytes that are left; tests leave fewer. */
    private static volatile LongSupplier left = Heap::ofMachine;

    private Heap() {
    }

    /**
     * @param bytes memory that something takes
     * @param what takes it, a sentence up to "about ... MiB"
     * @param remedy what to do if there is not so much, in sentences
     * @throws ModelException if there is not so much
     */
    public static void require(final double bytes, final String what, final String remedy) {
        if (bytes > SHARE * left.getAsLong()) {
            System.gc(); // what nobody uses any more counts as used until it is collected
            final long now = left.getAsLong();
            if (bytes > SHARE * now) {
                throw new ModelException(what + " about " + Math.round(bytes / MIB) + " MiB, and the heap has "
                    + now / MIB + " of " + Runtime.getRuntime().maxMemory() / MIB + " MiB left. " + remedy);
            }
        }
    }

    static void leave(final LongSupplier bytes) {
        left = bytes;
    }

    static long ofMachine() {
        final Runtime runtime = Runtime.getRuntime();
        return runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
    }
}
