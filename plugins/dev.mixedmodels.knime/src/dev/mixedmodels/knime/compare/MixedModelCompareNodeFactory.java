package dev.mixedmodels.knime.compare;

import dev.mixedmodels.knime.model.MixedModelPortObject;
import dev.mixedmodels.knime.node.NodeTexts;
import org.knime.core.node.BufferedDataTable;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.knime.node.RequirePorts.DynamicPortsAdder;

/**
 * The node Mixed Model Compare: fitted models side by side. The class name is the node's identity in saved workflows.
 */
public final class MixedModelCompareNodeFactory extends DefaultNodeFactory {
    private static final String SHORT_DESCRIPTION =
        "Compares fitted mixed models: AIC, AICc, BIC, Akaike weights, likelihood ratio and F tests.";

    private static final String DESCRIPTION = """
        <p>
        Do slopes differ between subjects, or is one slope for all enough? Does the arm matter? Fit the models, connect
        their ports <i>Model</i> (the three dots of the node add ports for more than two), and read which one the data
        support.
        </p>
        <p>
        <b>Criteria.</b> With k parameters, n rows and the log likelihood l at its maximum, AIC = -2 l + 2 k, AICc = AIC
        + 2 k (k + 1) / (n - k - 1), BIC = -2 l + k log n. Smaller is better. Differences count from the best model; the
        Akaike weight of model m, <i>exp(-&#916;<sub>m</sub>/2) / &#931; exp(-&#916;/2)</i>, says how much of the evidence
        falls to it among the models compared. Criteria also compare models of which none is a special case of another.
        </p>
        <p>
        <b>Likelihood ratio tests.</b> Where the smaller model is a special case of the larger one, <i>T = 2
        (l<sub>larger</sub> - l<sub>smaller</sub>)</i> is compared with a chi-square distribution with as many degrees of
        freedom as the smaller model has fewer parameters. A variance cannot be negative: where the smaller model sets one
        to 0, half of the distribution has one degree of freedom less. Where it sets several to 0, the chi-square
        distribution is conservative: the true p-value is smaller than the one given.
        </p>
        <p>
        <b>F tests.</b> Models that differ in their fixed effects only are also compared by the F test of those that the
        smaller one lacks, with the degrees of freedom (Satterthwaite, Kenward-Roger ...) that the larger model was fitted
        with. In small samples it is the better one of the two, and it is right for REML as well.
        </p>
        <p>
        <b>Parametric bootstrap.</b> Both distributions are approximations. With few groups, or several variances at 0, draw
        responses from the smaller model instead, fit both models to each, and see how often their likelihood ratio is as
        large as the observed one: p = (m + 1) / (n + 1) for m of n. It needs the table that the models were fitted to at
        the optional port, and fits by ML where the fixed effects differ.
        </p>
        <p>
        <b>What cannot be compared.</b> Models of other responses (also of y and log y) or of other rows are an error: often
        a column that only one model uses has missing values. Likelihoods of models fitted by REML are comparable only if
        the fixed effects are the same: choose the method ML in the nodes that fit them, else criteria and likelihood
        ratios are missing, with a warning. Whether a model is a special case of another is found from the terms and
        structures, not from the data; where that does not tell, there is no test, and the table says why.
        </p>
        <h3>Why</h3>
        <p>
        <b>Why not the model with the largest likelihood?</b> Every further parameter makes the likelihood larger, also
        where it only follows chance. The criteria charge for it, the tests ask whether it is more than chance.
        </p>
        <p>
        <b>Why does a variance at 0 halve the p-value?</b> If the variance is really 0, its estimate would come out
        negative half of the time, and is then set to 0: the two likelihoods are equal, T = 0. Only in the other half T
        follows the chi-square distribution.
        </p>
        <p>
        <b>Why ML for fixed effects?</b> REML takes the likelihood of what is left of the response when the fixed effects
        are taken off. Other fixed effects leave something else: likelihoods of different data.
        </p>
        <h3>Example</h3>
        <p>
        Reaction times of 18 people over ten days with too little sleep (Belenky et al. 2003), fitted by ML: one slope for
        all (4 parameters, AIC 1802.1), a slope for each person, independent of the intercept (5, AIC 1762.0), and one
        that is correlated with it (6, AIC 1763.9). The slopes differ: T = 42.1, half chi2(0) and half chi2(1),
        p = 4e-11. The correlation adds nothing: T = 0.064, chi2(1), p = 0.80. Akaike weights: 0.72 for independent
        slopes, 0.28 for correlated ones, nothing for one slope.
        </p>
        """ + NodeTexts.GLOSSARY + """
        <h3>References</h3>
        <p>
        Burnham and Anderson (2002) <i>Model Selection and Multimodel Inference</i>. Self and Liang (1987) Journal of the
        American Statistical Association 82:605-610. Stram and Lee (1994) Biometrics 50:1171-1177. Pinheiro and Bates
        (2000) <i>Mixed-Effects Models in S and S-PLUS</i>, section 2.4. Halekoh and H&#248;jsgaard (2014) Journal of
        Statistical Software 59(9).
        </p>
        """;

    private static final DefaultNode NODE = DefaultNode.create()
        .name("Mixed Model Compare")
        .icon("/icons/mixed-model-compare.png")
        .shortDescription(SHORT_DESCRIPTION)
        .fullDescription(DESCRIPTION)
        .sinceVersion(5, 8, 0)
        .dynamicPorts(MixedModelCompareNodeFactory::ports)
        .model(model -> model.parametersClass(MixedModelCompareParameters.class)
            .configure(MixedModelCompareModel::configure)
            .execute(MixedModelCompareModel::execute))
        .keywords("mixed model", "model selection", "compare models", "anova", "likelihood ratio test", "LRT", "AIC",
            "AICc", "BIC", "Akaike weight", "information criterion", "nested models", "lme4", "lmer", "pbkrtest",
            "parametric bootstrap", "PBmodcomp");

    /** Called by the platform. */
    public MixedModelCompareNodeFactory() {
        super(NODE);
    }

    private static void ports(final DynamicPortsAdder ports) {
        ports.addInputPortGroup("Models", group -> group.name("Model").description("""
            A model fitted by one of the nodes Random Intercept ANOVA, Longitudinal Mixed Model, Marginal Repeated Measures,
            Multilevel Model or Empirical Bayes Shrinkage. Two or more, all fitted to the same rows.""").extendable()
            .supportedTypes(MixedModelPortObject.TYPE).fixedTypes(MixedModelPortObject.TYPE, MixedModelPortObject.TYPE));
        ports.addInputPortGroup("Data", group -> group.name("Data").description("""
            The table that the models were fitted to, for the parametric bootstrap only. The three dots of the node add this
            port.""").optional().supportedTypes(BufferedDataTable.TYPE));
        ports.addOutputPortGroup("Comparison", group -> group.name("Comparison").description("""
            One row per model, in the order of the ports: how it was fitted, number of fixed effects and of all parameters,
            log likelihood, AIC, AICc, BIC, their differences from the best model, Akaike weights.""")
            .fixed(BufferedDataTable.TYPE));
        ports.addOutputPortGroup("Tests", group -> group.name("Tests").description("""
            One row per test of a model against a smaller one: which test, statistic, degrees of freedom, p-value, and the
            distribution in words; for models that are not nested, why there is none.""").fixed(BufferedDataTable.TYPE));
    }
}
