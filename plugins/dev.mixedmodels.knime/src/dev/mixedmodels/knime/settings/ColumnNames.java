package dev.mixedmodels.knime.settings;

import java.util.regex.Pattern;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.LongValue;

/** What the name of a column, together with its type, says about the part that it plays. */
public final class ColumnNames {
    private static final Pattern TIME = Pattern.compile("(?i).*(visit|time|week|month|hour|minute|second).*|vis|t"
        + "|(.*[^a-z])?(days?|date|years?|age|wave|session|occasion|period|secs?)([^a-z].*)?");
    private static final Pattern PERSON = Pattern.compile("(?i).*(subj|patient|person|participant|proband|respondent|"
        + "individual|animal|child|pupil|student).*|rat|mouse|dog|horse|mare|plot|tree");
    private static final Pattern ID = Pattern.compile("(?i)(.*[^a-z])?id([^a-z].*)?|.*id");
    private static final Pattern UNIT = Pattern.compile("(?i).*(school|class|hospital|clinic|site|cent(er|re)|batch|"
        + "district|region|country|cluster|family|litter|herd|ward|team|firm|company|teacher|lecturer|physician|"
        + "group|block).*|lea");
    private static final Pattern TREATMENT = Pattern.compile("(?i).*(treat|therap|interven|random|alloc|placebo).*"
        + "|(.*[^a-z])?((act|plan)?arm(cd|n)?|trt[a-z]?|group|grp|dose|drug|diet|cond|condition)([^a-z].*)?");
    private static final Pattern TRAIT =
        Pattern.compile("(?i)(.*[^a-z])?(sex|gender|race|ethnic[a-z]*|fe?male)([^a-z].*)?");
    private static final Pattern BASELINE =
        Pattern.compile("(?i).*baseline.*|(.*[^a-z])?(base|bl|pre|pretest)([^a-z].*)?");
    private static final Pattern INDEX =
        Pattern.compile("(?i)(.*[^a-z])?(index|idx|nr|row|rownum|seq|counter|size)[^a-z]*");
    /** Not weight in the singular, which may have been measured. */
    private static final Pattern WEIGHTS = Pattern.compile("(?i)w|wts?|wgts?|.*weights");
    private static final Pattern WAVE = Pattern.compile("(?i)(sin|cos)[^a-z].*|(sin|cos)");
    private static final Pattern STANDARD_ERROR = Pattern.compile("(?i)(.*[^a-z])?(se|sei|s\\.e\\.|stderr|std|sem)"
        + "([^a-z].*)?|.*(standard|std)[^a-z]*err.*");
    private static final Pattern VARIANCE = Pattern.compile("(?i)(.*[^a-z])?(vi|var)([^a-z].*)?|.*variance.*|v");

    private ColumnNames() {
    }

    private static boolean named(final DataColumnSpec column, final Pattern name) {
        return name.matcher(column.getName()).matches();
    }

    /**
     * @param column a column
     * @return whether its type and name are those of a time, an age, a date or a visit
     */
    public static boolean looksLikeTime(final DataColumnSpec column) {
        return ColumnChecks.isUsable(column) && (named(column, TIME) || ColumnChecks.isDate(column));
    }

    /**
     * @param column a column
     * @return whether it names persons, animals or other subjects
     */
    public static boolean looksLikePerson(final DataColumnSpec column) {
        return ColumnChecks.isGrouping(column) && named(column, PERSON);
    }

    /**
     * @param column a column
     * @return whether it is called an id
     */
    public static boolean looksLikeId(final DataColumnSpec column) {
        return ColumnChecks.isGrouping(column) && named(column, ID);
    }

    /**
     * @param column a column
     * @return whether it names schools, sites, batches or other units of many rows
     */
    public static boolean looksLikeUnit(final DataColumnSpec column) {
        return ColumnChecks.isGrouping(column) && named(column, UNIT);
    }

    /**
     * @param column a column
     * @return whether it is called a treatment, an arm, a dose
     */
    public static boolean looksLikeTreatment(final DataColumnSpec column) {
        return named(column, TREATMENT);
    }

    /**
     * @param column a column
     * @return whether it is called a sex or another trait of a person
     */
    public static boolean looksLikeTrait(final DataColumnSpec column) {
        return named(column, TRAIT);
    }

    /**
     * @param column a column
     * @return whether it is numeric and called a baseline
     */
    public static boolean looksLikeBaseline(final DataColumnSpec column) {
        return ColumnChecks.isNumeric(column) && named(column, BASELINE);
    }

    /**
     * @param baseline a column
     * @param column another one
     * @return whether the first is called the baseline of the second, as score_bl is of score
     */
    public static boolean isBaselineOf(final DataColumnSpec baseline, final DataColumnSpec column) {
        final String rest = baseline.getName().startsWith(column.getName())
            ? baseline.getName().substring(column.getName().length()) : "";
        return looksLikeBaseline(baseline) && !rest.isEmpty() && !Character.isLetterOrDigit(rest.charAt(0));
    }

    /**
     * @param column a column
     * @return whether it is numeric and called a standard error
     */
    public static boolean looksLikeStandardError(final DataColumnSpec column) {
        return ColumnChecks.isNumeric(column) && named(column, STANDARD_ERROR);
    }

    /**
     * @param column a column
     * @return whether it is numeric and called a variance
     */
    public static boolean looksLikeVariance(final DataColumnSpec column) {
        return ColumnChecks.isNumeric(column) && named(column, VARIANCE);
    }

    /**
     * @param column a column
     * @return whether it holds whole numbers
     */
    public static boolean isWhole(final DataColumnSpec column) {
        return ColumnChecks.isNumeric(column) && column.getType().isCompatible(LongValue.class);
    }

    /**
     * @param column a column
     * @return whether it is numeric and its name does not say that it is something else than a measurement: a time, a
     *         baseline, a treatment, an index, an error, weights; and, of whole numbers, a name of subjects or units
     */
    public static boolean looksLikeMeasurement(final DataColumnSpec column) {
        final boolean other = looksLikeTime(column) || looksLikeTreatment(column) || looksLikeTrait(column)
            || looksLikeBaseline(column) || looksLikeStandardError(column) || looksLikeVariance(column)
            || named(column, INDEX) || named(column, WAVE) || named(column, WEIGHTS);
        final boolean name = isWhole(column)
            && (looksLikePerson(column) || looksLikeId(column) || looksLikeUnit(column));
        return ColumnChecks.isNumeric(column) && !other && !name;
    }
}
