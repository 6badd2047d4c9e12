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
    /** Description of the formula in every dialog, before what it can hold in the node. */
    public static final String FORMULA_DESCRIPTION = """
        R's notation, the response to the left: <tt>y ~ time * arm + I(time^2)</tt> has the main effects of time and \
        arm, their interaction and the square of time. <tt>a:b</tt> is an interaction alone, <tt>0 +</tt> or <tt>- \
        1</tt> takes the intercept out; <tt>log(x)</tt>, <tt>sqrt(x)</tt>, <tt>exp(x)</tt> and <tt>I(x^k)</tt> \
        transform numeric columns. Names may hold letters, digits, dots and underscores; any other name stands in \
        backticks: <tt>`birth weight`</tt>.\s""";
}
