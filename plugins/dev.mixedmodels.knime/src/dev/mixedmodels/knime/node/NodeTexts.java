package dev.mixedmodels.knime.node;

/** What the descriptions of the nodes have in common. */
public final class NodeTexts {
    /** Which of the nodes answers which question; stands first in every description. */
    public static final String WHICH = """
        <p>
        <b>Which node?</b> Rows that belong together are alike, and each node answers another question about them:
        </p>
        <ul>
        <li><b>Random Intercept ANOVA</b>: how much do groups differ (batches, raters, laboratories), and which ones?
        One grouping column, no covariates.</li>
        <li><b>Longitudinal Mixed Model</b>: how do subjects change over time, and how much do their courses differ?
        </li>
        <li><b>Marginal Repeated Measures</b>: do means differ between visits or arms, where the same subjects are
        measured at each visit? The smallest case, two visits of everybody, is the paired t test.</li>
        <li><b>Multilevel Model</b>: what do covariates do, where rows lie in units of several levels or of crossed
        factors (students in schools in boards; students and lecturers)?</li>
        <li><b>Empirical Bayes Shrinkage</b>: which of many estimates are really extreme? One row per unit, with its
        estimate and standard error, or its count.</li>
        </ul>
        """;

    /** The words of mixed models, before the references. */
    public static final String GLOSSARY = """
        <h3>Words</h3>
        <p>
        <b>REML</b>, restricted maximum likelihood, estimates variances with allowance for the mean having been
        estimated too, as n - 1 does in place of n; <b>ML</b>, maximum likelihood, does without. <b>BLUP</b>, best
        linear unbiased prediction: what is expected of a single group, subject or visit, given its own rows and the
        estimated distribution of all. <b>df</b>, degrees of freedom: how much information stands behind a standard
        error; with few groups or subjects t and F distributions have long tails. <b>Singular</b>: some variance is
        estimated as 0, or a correlation as 1 or -1; a result, not a failure. <b>Design effect</b>: how many times
        larger the variance of an estimate is than ordinary least squares believes, which takes rows for independent.
        </p>
        """;

    private NodeTexts() {
    }
}
