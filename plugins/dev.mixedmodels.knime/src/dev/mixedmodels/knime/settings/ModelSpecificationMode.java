package dev.mixedmodels.knime.settings;

import org.knime.node.parameters.widget.choices.Label;

/** Where the model comes from. */
public enum ModelSpecificationMode {
    /** Columns are chosen. */
    @Label(value = "Columns", description = "The model is made of the columns chosen below.")
    COLUMNS,
    /** A formula is written. */
    @Label(value = "Formula", description = "The model is written as a formula in R's notation.")
    FORMULA;

    /** Title of the setting in every dialog. */
    public static final String TITLE = "Model from";
    /** Description of the setting in every dialog. */
    public static final String DESCRIPTION = """
        Whether the model is made of chosen columns or written as a formula. The formula of a model made of columns \
        stands in the table Model fit and can be copied from there.""";
    /** Title of the formula. */
    public static final String FORMULA_TITLE = "Formula";
    /** What formulas can make of columns. */
    public static final String FUNCTIONS = """
        <tt>log</tt>, <tt>log1p</tt>, <tt>log2</tt>, <tt>log10</tt>, <tt>exp</tt>, <tt>sqrt</tt>, <tt>abs</tt>, \
        <tt>sin</tt> and <tt>cos</tt> transform numeric columns, <tt>I()</tt> holds arithmetic such as <tt>I((x - 5) * \
        z / 2)</tt>, <tt>factor(x)</tt> takes whole numbers as categories, <tt>scale(x)</tt> divides by the standard \
        deviation. Curves: <tt>poly(x, 2)</tt> by orthogonal polynomials, <tt>ns(x, 3)</tt> by natural cubic splines, \
        <tt>bs(x, 5)</tt> by B-splines, with R's knots or <tt>knots = c(2, 4)</tt>. The model keeps what it finds in the \
        rows used, for other rows.\s""";
    /** What || does, after the description of a random part. */
    public static final String DOUBLE_BAR = """
        \sThe double bar parts terms: effects of the levels of a factor, or of the columns of a curve, are one term and stay \
        correlated, as in lme4.""";
    /** Description of the formula in every dialog, before what it can hold in the node. */
    public static final String FORMULA_DESCRIPTION = """
        R's notation, the response to the left: <tt>y ~ time * arm + I(time^2)</tt> has the main effects of time and \
        arm, their interaction and the square of time. <tt>a:b</tt> is an interaction alone, <tt>0 +</tt> or <tt>- \
        1</tt> takes the intercept out; <tt>offset(x)</tt> is added without a coefficient.\s""" + FUNCTIONS + """
        Names may hold letters, digits, dots and underscores; any other name stands in backticks: <tt>`birth \
        weight`</tt>.\s""";
}
