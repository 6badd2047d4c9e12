package dev.mixedmodels.engine.prediction;

import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.IntegerColumn;
import dev.mixedmodels.engine.frame.LeftOutRows;
import dev.mixedmodels.engine.frame.NominalColumn;
import dev.mixedmodels.engine.frame.ModelFrame;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts the rows that a model says less about than about others, and why. */
public final class Census implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int NAMED = 5;

    private final Map<String, Long> missing = new LinkedHashMap<>();
    private final Map<String, Long> noMeans = new LinkedHashMap<>();
    private final Map<String, Set<String>> levels = new LinkedHashMap<>();
    private final Map<String, Long> newUnits = new LinkedHashMap<>();
    private final Map<String, Long> remarks = new LinkedHashMap<>();
    private long rows;
    private long incomplete;
    private long ofNewLevels;
    private long undefined;
    private long withoutError;

    /**
     * @param part rows, complete or not
     * @param made columns that were made from others, about which {@link #missing} and {@link #noMean} were told
     */
    void rows(final ModelFrame part, final Set<String> made) {
        rows += part.frame().rows();
        incomplete += part.frame().rows() - part.fitted().size() - part.predicted().size();
        part.missing().forEach((column, count) -> {
            if (!made.contains(column)) {
                missing.merge(column, (long) count, Long::sum);
            }
        });
    }

    /** A row without a value of a column that others are made from. */
    void missing(final String column) {
        missing.merge(column, 1L, Long::sum);
    }

    /** A row of a unit whose mean of a covariate is not known. */
    void noMean(final String column, final String factor) {
        noMeans.merge('"' + column + "\" in their units of \"" + factor + '"', 1L, Long::sum);
    }

    /** A row with a level that did not occur in the fit. */
    void newLevel(final Column column, final int row) {
        final Set<String> names = levels.computeIfAbsent(column.name(), name -> new LinkedHashSet<>());
        if (names.size() <= NAMED) {
            names.add(text(column, row));
        }
    }

    /** The value of a row as a text. */
    static String text(final Column column, final int row) {
        return column instanceof NominalColumn nominal ? nominal.text(row)
            : column instanceof IntegerColumn whole ? Long.toString(whole.exact(row)) : Words.number(column.value(row));
    }

    /** A row that has at least one such level. */
    void rowOfNewLevels() {
        ofNewLevels++;
    }

    /** A complete row of known levels where a function of the formula does not exist. */
    void undefined() {
        undefined++;
    }

    /** A row of a unit that the model does not know. */
    void newUnit(final String factor) {
        newUnits.merge(factor, 1L, Long::sum);
    }

    /** A row with a prediction whose standard error does not exist. */
    void withoutError() {
        withoutError++;
    }

    /** A row about which something else is to be said, after its number. */
    void remark(final String what) {
        remark(what, 1);
    }

    /** So many rows about which something else is to be said, after their number. */
    void remark(final String what, final long count) {
        remarks.merge(what, count, Long::sum);
    }

    /**
     * @param later the census of later rows
     */
    public void merge(final Census later) {
        later.missing.forEach((column, count) -> missing.merge(column, count, Long::sum));
        later.noMeans.forEach((column, count) -> noMeans.merge(column, count, Long::sum));
        later.levels.forEach((column, texts) -> {
            final Set<String> names = levels.computeIfAbsent(column, name -> new LinkedHashSet<>());
            texts.stream().takeWhile(text -> names.size() <= NAMED).forEach(names::add);
        });
        later.newUnits.forEach((factor, count) -> newUnits.merge(factor, count, Long::sum));
        later.remarks.forEach(this::remark);
        rows += later.rows;
        incomplete += later.incomplete;
        ofNewLevels += later.ofNewLevels;
        undefined += later.undefined;
        withoutError += later.withoutError;
    }

    private String reasons() {
        final List<String> reasons = new ArrayList<>();
        if (!missing.isEmpty()) {
            reasons.add(LeftOutRows.missing(missing));
        }
        noMeans.forEach((what, count) -> reasons.add("the model does not know the mean of " + what
            + ", by which it is centred (" + count + ")"));
        return String.join("; ", reasons);
    }

    private String said() {
        final List<String> parts = levels.entrySet().stream()
            .map(e -> Words.quoted(e.getValue().stream().limit(NAMED).toList())
                + (e.getValue().size() > NAMED ? " and more" : "") + " of \"" + e.getKey() + "\"").toList();
        return Words.count(ofNewLevels, "row has a level", "rows have levels") + " that did not occur in the fit: "
            + Words.list(parts);
    }

    /**
     * @param warnings takes a sentence about each kind of rows
     */
    public void report(final Warnings warnings) {
        if (rows == 0) {
            warnings.add("The table of the rows to predict is empty.");
        }
        if (incomplete > 0) {
            warnings.add(incomplete + " of " + Words.count(rows, "row") + " not predicted: " + reasons() + ".");
        }
        if (ofNewLevels > 0) {
            warnings.add(said() + ". There is no coefficient for them and so no prediction.");
        }
        if (undefined > 0) {
            warnings.add(Words.count(undefined, "row") + " not predicted: a function of the formula does not exist "
                + "there.");
        }
        newUnits.forEach((factor, count) -> warnings.add(Words.count(count, "row is of a unit", "rows are of units")
            + " of \"" + factor + "\" that the model does not know: predicted as an average unit, with the variance "
            + "between units in the standard error."));
        if (withoutError > 0) {
            warnings.add(Words.count(withoutError, "row has", "rows have") + " no standard error: how the predicted "
                + "effects of units of different grouping factors go together is known only for units that occurred "
                + "together in the fit.");
        }
        remarks.forEach((what, count) -> warnings.add(Words.count(count, "row") + " " + what));
    }
}
