package dev.mixedmodels.engine.frame;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a {@link Fold} makes of each block, handed on in the order of the blocks: that of the whole table hands on what
 * comes in and keeps nothing, one of some blocks gathers it until it is merged.
 *
 * @param <P> what is made of a block
 */
public final class PartsInOrder<P extends Serializable> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final List<P> parts = new ArrayList<>();
    private final transient Consumer<P> keeper;

    /**
     * @param keeper takes the parts; null of an object for some blocks
     */
    public PartsInOrder(final Consumer<P> keeper) {
        this.keeper = keeper;
    }

    /**
     * @param part of the block after those so far
     */
    public void take(final P part) {
        if (keeper != null) {
            keeper.accept(part);
        } else {
            parts.add(part);
        }
    }

    /**
     * @param later parts of the blocks after those so far
     */
    public void takeAll(final PartsInOrder<P> later) {
        later.parts.forEach(this::take);
    }
}
