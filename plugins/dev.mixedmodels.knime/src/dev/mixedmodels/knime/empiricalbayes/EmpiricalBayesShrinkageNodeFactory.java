package dev.mixedmodels.knime.empiricalbayes;

import dev.mixedmodels.knime.node.NodeTexts;
import dev.mixedmodels.knime.node.Ports;
import dev.mixedmodels.knime.view.PictureView;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;

/**
 * The node Empirical Bayes Shrinkage: y_i | theta_i ~ f_i, theta_i ~ G. The class name is the node's identity in saved
 * workflows.
 */
public final class EmpiricalBayesShrinkageNodeFactory extends DefaultNodeFactory {
    private static final String SHORT_DESCRIPTION =
        "Pulls many similar estimates towards their mean, each the more the less it knows, with honest uncertainty.";

    private static final String DESCRIPTION = NodeTexts.WHICH + """
        <p>
        Hospitals, regions, schools, players, studies: many units, each with an estimate of its own, some of them very
        uncertain. Which unit is really extreme, and which only looks so because its numbers are small? This node
        estimates how much the true values differ, from all units together, and then each unit's true value from its
        own data and from that knowledge.
        </p>
        <p>
        <b>Model.</b> <i>Y<sub>i</sub> | &#952;<sub>i</sub> ~ f<sub>i</sub></i> and
        <i>&#952;<sub>i</sub> ~ G(&#951;)</i>, independent: unit i's data scatter around its true value
        &#952;<sub>i</sub>, and the true values scatter around their mean according to the prior G. The parameters
        &#951; of the prior are estimated from the marginal distribution of all the data; each &#952;<sub>i</sub> then
        has its posterior distribution. Three families:
        </p>
        <ul>
        <li><b>Estimates with standard errors</b>: y<sub>i</sub> ~ N(&#952;<sub>i</sub>, &#963;<sub>i</sub>&#178;) with
        the sampling variance &#963;<sub>i</sub>&#178;, the square of the standard error, and &#952;<sub>i</sub> ~
        N(x<sub>i</sub>'&#946;, &#964;&#178;) with the variance of the true values, &#964;&#178;. The posterior mean is
        B<sub>i</sub> x<sub>i</sub>'&#946; + (1 - B<sub>i</sub>) y<sub>i</sub> with the shrinkage
        B<sub>i</sub> = &#963;<sub>i</sub>&#178; / (&#963;<sub>i</sub>&#178; + &#964;&#178;). With covariates, chosen or
        by a formula with interactions, this is meta-regression and the small-area model of Fay and Herriot.</li>
        <li><b>Counts with exposures</b>: y<sub>i</sub> ~ Poisson(&#952;<sub>i</sub>e<sub>i</sub>),
        &#952;<sub>i</sub> ~ Gamma: disease rates, insurance claims, failures.</li>
        <li><b>Successes among trials</b>: y<sub>i</sub> ~ Binomial(n<sub>i</sub>, &#952;<sub>i</sub>),
        &#952;<sub>i</sub> ~ Beta: conversion rates, batting averages.</li>
        </ul>
        <p>
        <b>Data.</b> One row per unit, with the columns of its family; estimates come with their standard errors or with
        the squares of these, their sampling variances. A unit with the standard error 0 is known exactly: it keeps its
        estimate, and tells of the prior. Counts may be tabulated, with a column that says how many units a row stands
        for. If your table has one row per observation, use a
        GroupBy node first, or Random Intercept ANOVA, which is the same model on the observations themselves.
        </p>
        <p>
        <b>Missing values.</b> A row with a missing value, NaN or an infinite number in a used column is left out and
        counted in a warning, or stops the node, as you choose. A unit that lacks only its estimate or count is
        predicted: its posterior is the prior. A unit in several rows is a unit for each row, with a warning.
        </p>
        <h3>Why</h3>
        <p>
        <b>Why shrink at all?</b> The most extreme of many estimates are extreme partly by chance. Sorted by their own
        estimates, the smallest units take the top and the bottom places. Pulling each towards the mean, by as much as
        its data deserve, makes the total squared error smaller, whatever the true values are: with four or more units
        of equal precision the James-Stein estimator is never worse than the raw estimates.
        </p>
        <p>
        <b>Why is the naive interval too short?</b> It takes the estimated prior for the true one. When the data happen
        to look alike, &#964;&#178; is estimated near 0, everything is pulled to the mean, and the naive posterior
        variance vanishes. The other methods add what is not known about the prior. How many of 100 intervals of
        95 % cover the true value (normal data, equal standard errors, REML, 2000 simulated data sets each; the program
        stands in the project's tests/benchmarks):
        </p>
        <table>
        <tr><th>units</th><th>&#964;&#178;/&#963;&#178;</th><th>Naive</th><th>Morris</th><th>Kass-Steffey</th>
        <th>Prasad-Rao</th><th>Bootstrap</th></tr>
        <tr><td>10</td><td>0.1</td><td>46</td><td>99</td><td>92</td><td>100</td><td>97</td></tr>
        <tr><td>10</td><td>1</td><td>76</td><td>95</td><td>89</td><td>95</td><td>90</td></tr>
        <tr><td>30</td><td>0.1</td><td>58</td><td>98</td><td>87</td><td>99</td><td>97</td></tr>
        <tr><td>30</td><td>1</td><td>90</td><td>94</td><td>92</td><td>94</td><td>92</td></tr>
        <tr><td>100</td><td>0.1</td><td>64</td><td>92</td><td>80</td><td>93</td><td>94</td></tr>
        <tr><td>100</td><td>1</td><td>94</td><td>95</td><td>94</td><td>95</td><td>94</td></tr>
        </table>
        <p>
        Kass and Steffey's correction is of first order: where &#964;&#178; is small against &#963;&#178; its estimate
        is often exactly 0, the correction vanishes with it, and a warning says so. Morris's method and the bootstrap
        do not rely on the estimate being inside.
        </p>
        <p>
        <b>Why rank by the posterior and not by the estimate?</b> Expected ranks allow for uncertainty and are pulled
        to the middle; their intervals are often so wide that a league table says little.
        </p>
        <h3>Results</h3>
        <p>
        A prior variance of 0 is a legitimate result: the units do not differ by more than chance, and the estimates
        are pooled completely; for counts the overdispersion is then 0, the shape of the gamma distribution infinite,
        and its cell missing. Counts are described by mean and overdispersion, which is the squared coefficient of
        variation of the rates, or the correlation between two trials of a unit. Where the likelihood has no finite
        maximum (no events at all, successes only, one trial per unit) the node says so and stops.
        </p>
        <p>
        Intervals for &#964;&#178; are profile-likelihood intervals for ML and REML and invert the generalised Q
        statistic for moment estimators (exactly for normal data, approximately for counts). A moment estimator weights
        the units in its own way and may lie outside such an interval; a warning says so. A given prior variance of
        probabilities must be below m (1 - m), m the prior mean. Standard errors of
        &#964;&#178; come from the expected information, as in meta-analysis programs; the matrix Prior, which enters
        the first-order correction, from the observed one. Morris's method also sets the shrinkage, B<sub>i</sub> =
        (k-r-2)/(k-r) &#963;<sub>i</sub>&#178;/(&#963;<sub>i</sub>&#178; + &#964;&#178;) with k units and r
        coefficients; with a given prior variance every method but the naive and the bootstrap adds the uncertainty of
        the mean only. Intervals of counts are equal-tailed quantiles of the gamma or beta distribution with the
        posterior's mean and corrected variance.
        </p>
        <p>
        The nonparametric prior is certified: no further point can raise the likelihood by more than a directional
        derivative of 1e-6, which stands as Gradient in Model fit. Its posteriors are discrete, so their naive intervals
        are those of a few points; the bootstrap's are smoother.
        </p>
        <h3>Example</h3>
        <p>
        Eight schools coached pupils for a test (Rubin 1981). The effects are 28, 8, -3, 7, -1, 1, 18 and 12 points with
        standard errors from 9 to 18. School A's 28 looks impressive. But Q is 4.7 on 7 degrees of freedom: the schools
        differ no more than chance explains, &#964;&#178; is estimated as 0 with an upper bound of 230, and the common
        mean is 7.7 with a standard error of 4.1. Morris's estimates keep a part of the differences: school A
        gets 13.5 with a standard deviation of 11.2 (interval -8 to 35), school E, with -1 observed, gets 5.2. Naively
        all eight would be 7.7 with a standard deviation of 0.
        </p>
        <h3>Words</h3>
        <p>
        <b>Prior</b>: the distribution of the units' true values, here estimated from all units. <b>Posterior</b>: what
        is known of one unit's true value after its own data. <b>Shrinkage</b>, B: the weight of the prior mean in the
        posterior mean. <b>Pooling</b> complete: all true values taken as equal. <b>REML</b>, restricted maximum
        likelihood, estimates &#964;&#178; with allowance for the mean having been estimated too; <b>ML</b> does
        without. <b>df</b>, degrees of freedom: how much information stands behind a test. <b>Q</b>: Cochran's statistic
        of whether estimates differ by more than chance; <b>I&#178;</b>: the share of their variance that chance does
        not explain. <b>Overdispersion</b>: how much more counts vary than chance alone would make them. (The letters
        &#963;&#178; and &#964;&#178; are those of the lecture behind this extension.)
        </p>
        <h3>References</h3>
        <p>
        Efron and Morris (1975) Journal of the American Statistical Association 70:311-319. Morris (1983) ibid.
        78:47-55. Laird and Louis (1987) ibid. 82:739-750. Kass and Steffey (1989) ibid. 84:717-726. Prasad and Rao
        (1990) ibid. 85:163-171. Fay and Herriot (1979) ibid. 74:269-277. Kiefer and Wolfowitz (1956) Annals of
        Mathematical Statistics 27:887-906. Viechtbauer (2005) Journal of Educational and Behavioral Statistics
        30:261-293. Carlin and Louis (2009) <i>Bayesian Methods for Data Analysis</i>.
        </p>
        """;

    private static final DefaultNode NODE = DefaultNode.create()
        .name("Empirical Bayes Shrinkage")
        .icon("/icons/empirical-bayes-shrinkage.png")
        .shortDescription(SHORT_DESCRIPTION)
        .fullDescription(DESCRIPTION)
        .sinceVersion(5, 8, 0)
        .ports(ports -> Ports.empiricalBayes(ports, "One row per unit: an estimate with its standard error or sampling "
            + "variance, or a count with its exposure, or successes with trials; perhaps a column that names the unit, "
            + "and covariates."))
        .model(model -> model.parametersClass(EmpiricalBayesShrinkageParameters.class)
            .configure(EmpiricalBayesShrinkageModel.NODE::configure)
            .execute(EmpiricalBayesShrinkageModel.NODE::execute))
        .addView(PictureView::of)
        .nodeType(NodeType.Learner)
        .keywords("empirical Bayes", "shrinkage", "James-Stein", "Stein", "meta-analysis", "random effects", "metafor",
            "DerSimonian-Laird", "tau2", "I2", "heterogeneity", "small area estimation", "Fay-Herriot",
            "negative binomial", "beta-binomial", "Poisson-gamma", "disease mapping", "league table", "ranking",
            "Kiefer-Wolfowitz", "meta-regression", "batting averages", "credibility");

    /** Called by the platform. */
    public EmpiricalBayesShrinkageNodeFactory() {
        super(NODE);
    }
}
