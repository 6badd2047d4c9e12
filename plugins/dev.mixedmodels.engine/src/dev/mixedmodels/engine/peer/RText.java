package dev.mixedmodels.engine.peer;

import dev.mixedmodels.engine.design.Coding;
import dev.mixedmodels.engine.formula.Grouping;
import dev.mixedmodels.engine.formula.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Pieces of R's language. */
public final class RText {
    private static final Pattern QUOTED = Pattern.compile("`((?:[^`\\\\]|\\\\.)*)`");

    private RText() {
    }

    /**
     * @param column name of a column
     * @return the name as it stands in formulas
     */
    public static String name(final String column) {
        return new Variable.Plain(column).toString();
    }

    /**
     * @param name of a column
     * @return the column of the data frame
     */
    public static String column(final String name) {
        return "data$" + name(name);
    }

    /** The units of a grouping, as one vector. */
    static String units(final Grouping grouping) {
        final List<String> columns = grouping.columns().stream().map(RText::column).toList();
        return columns.size() == 1 ? columns.get(0) : "interaction(" + String.join(", ", columns) + ")";
    }

    static String string(final String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r") + '"';
    }

    /**
     * @param name of an argument
     * @param value text
     * @return the argument
     */
    public static String option(final String name, final String value) {
        return name + " = " + string(value);
    }

    /**
     * @param function name of a function
     * @param arguments in order; null ones are left out
     * @return the call
     */
    public static String call(final String function, final String... arguments) {
        return function + "("
            + Arrays.stream(arguments).filter(Objects::nonNull).collect(Collectors.joining(", ")) + ")";
    }

    /**
     * @param statements in order
     * @param remarks what the user should know, in sentences
     * @return one line of R
     */
    public static String line(final List<String> statements, final List<String> remarks) {
        return String.join("; ", statements) + (remarks.isEmpty() ? "" : " # " + String.join(" ", remarks));
    }

    /** The same with syntactic names, as make.names has them, for functions that fail with others. */
    static String plainNames(final String text) {
        final Matcher quoted = QUOTED.matcher(text);
        return quoted.find() ? "names(data) <- make.names(names(data)); " + quoted.replaceAll(
            name -> Matcher.quoteReplacement(plainName(name.group(1).replaceAll("\\\\(.)", "$1")))) : text;
    }

    private static String plainName(final String name) {
        final String plain = name.codePoints().mapToObj(c -> Character.isLetterOrDigit(c) || c == '_' || c == '.'
            ? Character.toString(c) : ".").collect(Collectors.joining());
        final boolean starts = plain.matches("(?U)(\\p{Alpha}|\\.(?!\\p{Digit})).*");
        final String started = starts ? plain : "X" + plain;
        return name(started).startsWith("`") ? started + "." : started; // a word of the language
    }

    /** Dates, or texts of dates as a file has them, as the numbers of the model. */
    private static String counted(final CalledData.Counted date) {
        final String[] origin = date.origin().split(" from ", 2);
        final String column = column(date.column());
        final String unit = switch (origin[0]) {
            case "seconds" -> "secs";
            case "minutes" -> "mins";
            case "years" -> "days";
            default -> origin[0];
        };
        final String zone = option("tz", "UTC");
        final String instant = call("as.POSIXct", call("sub", string("T"), string(" "), column), zone);
        final String first = call("as.POSIXct", string(origin[1].replace('T', ' ')), zone);
        return column + " <- as.numeric(" + call("difftime", instant, first, option("units", unit)) + ")"
            + (origin[0].equals("years") ? " / 365.25" : "");
    }

    /**
     * @param data how the table is prepared
     * @return the statements that do it
     */
    public static List<String> preparation(final CalledData data) {
        final List<String> statements = new ArrayList<>();
        if (!data.complete().isEmpty()) {
            statements.add("data <- subset(data, complete.cases("
                + data.complete().stream().map(RText::name).collect(Collectors.joining(", ")) + ")"
                + (data.weights() == null ? "" : " & " + name(data.weights()) + " > 0") + ")");
        }
        data.dates().forEach(date -> statements.add(counted(date)));
        for (final CalledData.Centred made : data.centred()) {
            final String mean = made.units().isEmpty() ? "mean(" + column(made.column()) + ")" : "ave("
                + column(made.column()) + ", " + made.units().stream().map(RText::column)
                .collect(Collectors.joining(", ")) + ")";
            statements.add(column(made.name()) + " <- " + (made.mean() ? mean : column(made.column()) + " - " + mean));
        }
        if (data.coding() != Coding.TREATMENT && !data.factors().isEmpty()) {
            statements.add("old <- options(contrasts = c(\"contr." + data.coding().name().toLowerCase(Locale.ROOT)
                + "\", \"contr.poly\"))");
        }
        for (final CalledData.Levels factor : data.factors()) {
            statements.add(column(factor.column()) + " <- factor(" + column(factor.column()) + ", c(" + factor.levels()
                .stream()
                .map(level -> factor.numeric() ? level : string(level)).collect(Collectors.joining(", ")) + "))");
        }
        return statements;
    }
}
