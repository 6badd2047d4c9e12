package dev.mixedmodels.knime.compare;

import dev.mixedmodels.engine.compare.ComparisonRow;
import dev.mixedmodels.engine.compare.ComparisonTest;
import dev.mixedmodels.engine.result.TableLayout;

/** The columns of the node's tables. */
final class Layouts {
    /** One row per model. */
    static final TableLayout<ComparisonRow> MODELS = new TableLayout<ComparisonRow>("Comparison")
        .text("Model", ComparisonRow::model)
        .text("Node", ComparisonRow::node)
        .text("Formula", ComparisonRow::formula)
        .text("Method", ComparisonRow::method)
        .count("Rows", ComparisonRow::rows)
        .number("Fixed Effects", ComparisonRow::coefficients)
        .number("Parameters", ComparisonRow::parameters)
        .preciseNumber("Log Likelihood", row -> -row.deviance() / 2)
        .preciseNumber("-2 Log Likelihood", ComparisonRow::deviance)
        .preciseNumber("AIC", ComparisonRow::aic)
        .preciseNumber("AICc", ComparisonRow::aicc)
        .preciseNumber("BIC", ComparisonRow::bic)
        .number("AIC Difference", ComparisonRow::aicDifference)
        .number("AICc Difference", ComparisonRow::aiccDifference)
        .number("BIC Difference", ComparisonRow::bicDifference)
        .number("Akaike Weight", ComparisonRow::aicWeight)
        .number("Akaike Weight (AICc)", ComparisonRow::aiccWeight)
        .text("Note", ComparisonRow::note);

    /** One row per test. */
    static final TableLayout<ComparisonTest> TESTS = new TableLayout<ComparisonTest>("Tests")
        .text("Model", ComparisonTest::model)
        .text("Against", ComparisonTest::against)
        .text("Test", ComparisonTest::test)
        .preciseNumber("Statistic", ComparisonTest::statistic)
        .number("Num df", ComparisonTest::numDf)
        .limit("Den df", ComparisonTest::denDf)
        .preciseNumber("p-value", ComparisonTest::pValue)
        .number("Monte Carlo Std. Error", ComparisonTest::error)
        .text("Note", ComparisonTest::note);

    private Layouts() {
    }
}
