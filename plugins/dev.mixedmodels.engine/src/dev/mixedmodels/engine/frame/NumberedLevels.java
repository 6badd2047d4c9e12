package dev.mixedmodels.engine.frame;

import java.io.Serializable;
import java.util.AbstractList;
import java.util.List;

/**
 * Levels of a column whose cells have their numbers, 0 to size - 1 in the order of the levels, in the place of their
 * names, because these are elsewhere: they take no memory. Where names cannot be had a level is called by its number.
 */
public final class NumberedLevels extends AbstractList<String> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int size;
    private final transient Names names;

    /** Finds names and numbers; each may take its time. */
    public interface Names {
        /**
         * @param number of a level
         * @return its name
         */
        String name(int number);

        /**
         * @param name of a level
         * @return its number; -1 if there is no such level
         */
        int number(String name);

        /**
         * @return the names of all levels, which then take memory
         */
        List<String> all();
    }

    /**
     * @param size number of levels
     * @param names finds names
     */
    public NumberedLevels(final int size, final Names names) {
        this.size = size;
        this.names = names;
    }

    @Override
    public String get(final int number) {
        return names == null ? Integer.toString(number) : names.name(number);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int indexOf(final Object name) {
        return names == null ? super.indexOf(name) : names.number((String) name);
    }

    /**
     * @return the names of all levels, which then take memory
     */
    public List<String> named() {
        return names == null ? List.copyOf(this) : names.all();
    }

    /** The number of the level of a row; -1 if it is none. */
    int code(final Column column, final int row) {
        final double number = column.missing(row) ? -1 : column.value(row);
        return number < size ? (int) number : -1;
    }
}
