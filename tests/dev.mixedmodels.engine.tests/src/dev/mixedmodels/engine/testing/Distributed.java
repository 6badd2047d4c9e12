package dev.mixedmodels.engine.testing;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.frame.Fold;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.NumberedLevels;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;

/**
 * A table on other machines: what is gathered travels as bytes, and blocks are of another size.
 *
 * @param table its rows
 */
public record Distributed(Frame table) implements Unkept {
    private static final int SIZE = 5000;

    @Override
    public <F extends Fold<F>> F fold(final F sums, final Progress progress) {
        for (int from = 0; from < table.rows(); from += SIZE) {
            final F part = copy(sums.fresh());
            part.add(table.part(from, Math.min(table.rows(), from + SIZE)));
            sums.merge(copy(part));
        }
        return sums;
    }

    @Override
    public boolean distant() {
        return true;
    }

    /**
     * @param names of all levels, in their order
     * @return levels whose cells have their numbers, and which find their names here
     */
    public static NumberedLevels numbered(final List<String> names) {
        return new NumberedLevels(names.size(), new NumberedLevels.Names() {
            @Override
            public String name(final int number) {
                return names.get(number);
            }

            @Override
            public int number(final String name) {
                return names.indexOf(name);
            }

            @Override
            public List<String> all() {
                return names;
            }
        });
    }

    /**
     * @param <T> a class
     * @param object one that can travel
     * @return what arrives elsewhere
     */
    @SuppressWarnings("unchecked")
    public static <T> T copy(final T object) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
            out.flush();
            return (T) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
        } catch (final IOException | ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
