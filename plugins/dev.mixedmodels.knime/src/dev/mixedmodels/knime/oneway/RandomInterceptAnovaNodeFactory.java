package dev.mixedmodels.knime.oneway;

import dev.mixedmodels.knime.node.NodeTexts;
import dev.mixedmodels.knime.node.Ports;
import dev.mixedmodels.knime.view.PictureView;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;

/**
 * The node Random Intercept ANOVA: y_ij = mu + alpha_i + e_ij. The class name is the node's identity in saved
 * workflows.
 */
public final class RandomInterceptAnovaNodeFactory extends DefaultNodeFactory {
    private static final String SHORT_DESCRIPTION =
        "Splits the variation of a response into that between groups and that within, and shrinks the group means.";

    private static final String DESCRIPTION = NodeTexts.WHICH + """
        <p>
        How large is the variation between groups against that within groups, is it there at all, and what can be said
        of each single group? This is the one-way analysis of variance with random groups: batches, schools, hospitals
        or raters that stand for many others like them.
        </p>
        <p>
        <b>Model.</b> <i>y<sub>ij</sub> = &#956; + &#945;<sub>i</sub> + &#949;<sub>ij</sub></i>: the response of row j
        of group i is the overall mean &#956;, plus the group's own effect &#945;<sub>i</sub>, plus a residual
        &#949;<sub>ij</sub>. The effects are <i>N(0, &#963;&#178;)</i> with the variance between groups, &#963;&#178;,
        the residuals <i>N(0, &#964;&#178;)</i> with the variance within groups, &#964;&#178;, all independent. (These
        are the letters of the lecture behind this extension; they mean something else in other nodes, so tables name
        variances by what they belong to.) In R: <tt>lmer(y ~ 1 + (1 | group))</tt>; in SAS: PROC MIXED with a RANDOM
        statement.
        </p>
        <p>
        <b>Data.</b> Long format: one row per observation, a column with the response and a column that names the
        group. Groups may have any size, rows any order. If your table has one column per group, use an Unpivot node
        first.
        </p>
        <p>
        <b>Missing values.</b> A row with a missing value, NaN or an infinite number in one of the two columns is left
        out and counted in a warning, or stops the node, as you choose. A row that lacks only the response is still
        predicted in the fitted values; a group without any response has the effect 0.
        </p>
        <h3>Why</h3>
        <p>
        <b>Why are rows of a group correlated?</b> They share &#945;<sub>i</sub>. Given the group's effect they are
        independent; for somebody who does not know it, a high first value makes a high second one likely:
        Cov(y<sub>ij</sub>, y<sub>ik</sub>) = &#963;&#178;, and the intraclass correlation is
        &#963;&#178; / (&#963;&#178; + &#964;&#178;) = 1 / (1 + &#964;&#178;/&#963;&#178;).
        </p>
        <p>
        <b>Why does a larger variance of the group effects mean a larger correlation?</b> The more groups differ, the
        more of a row's deviation from the mean is the group's, which all its rows have in common.
        </p>
        <p>
        <b>Why does the naive standard error mislead?</b> It counts every row as new information. With correlated rows
        the mean of N rows is worth only as much as that of the effective sample size (&#963;&#178; + &#964;&#178;) /
        Var(&#956;&#770;), which may be not much more than the number of groups. The design effect says by how much the
        variance is really larger.
        </p>
        <p>
        <b>Why are the group effects shrunken?</b> The mean of a small group is mostly chance. The best linear unbiased
        prediction (BLUP) is the group's deviation times its reliability
        n<sub>i</sub>&#963;&#178; / (n<sub>i</sub>&#963;&#178; + &#964;&#178;), and so errs less, over all groups, than
        the group means do.
        </p>
        <h3>Results</h3>
        <p>
        The estimates are restricted maximum likelihood (REML) unless you choose otherwise. A variance between groups
        of 0 is a legitimate result: groups differ no more than chance explains. The fit is then called singular, a
        warning says so, and everything else still holds. Three tests of &#963;&#178; = 0 stand in Model fit: the F
        test (exact), the likelihood ratio test with its half-and-half mixture of chi-square distributions, and the
        exact restricted likelihood ratio test of Crainiceanu and Ruppert. Intervals for the variances are
        profile-likelihood intervals, that of the intraclass correlation is Wald's (for groups of equal size
        Searle's, which is exact); by choice, a parametric bootstrap gives intervals of all parameters and a further
        p-value. Also by choice, the standard error of the mean comes from the sandwich over groups (CR0 to CR3), which
        stays right for many groups when the variances are wrong. With the method ANOVA the variances come from mean
        squares, that between groups possibly negative: then groups differ less than chance would have it, which points
        to negative correlation within groups.
        </p>
        <h3>Example</h3>
        <p>
        Six batches of a dyestuff gave five preparations each, and the yield of each preparation was measured (Davies
        and Goldsmith 1972). The mean yield is 1527.5 with a standard error of 19.4 on 5 degrees of freedom; the naive
        one is 11.5. The variance between batches is 1764, that within 2451, so 42 % of the variance lies between
        batches. Batch C has a mean of 1564, 36.5 above the overall mean; its predicted effect is 28.6, for its
        reliability is 0.78.
        </p>
        """ + NodeTexts.GLOSSARY + """
        <h3>References</h3>
        <p>
        Searle, Casella and McCulloch (1992) <i>Variance Components</i>. Pinheiro and Bates (2000) <i>Mixed-Effects
        Models in S and S-PLUS</i>. Kenward and Roger (1997) Biometrics 53:983-997. Crainiceanu and Ruppert (2004)
        Journal of the Royal Statistical Society B 66:165-185. Self and Liang (1987) Journal of the American
        Statistical Association 82:605-610.
        </p>
        """;

    private static final DefaultNode NODE = DefaultNode.create()
        .name("Random Intercept ANOVA")
        .icon("/icons/random-intercept-anova.png")
        .shortDescription(SHORT_DESCRIPTION)
        .fullDescription(DESCRIPTION)
        .sinceVersion(5, 8, 0)
        .ports(ports -> Ports.groupModel(ports, "Long format: one row per observation, with a numeric column for the "
            + "response and a column of texts or whole numbers that names the group."))
        .model(model -> model.parametersClass(RandomInterceptAnovaParameters.class)
            .configure(RandomInterceptAnovaModel.NODE::configure)
            .execute(RandomInterceptAnovaModel.NODE::execute))
        .addView(PictureView::of)
        .nodeType(NodeType.Learner)
        .keywords("mixed model", "hierarchical", "multilevel", "HLM", "random effects", "variance components", "ICC",
            "intraclass correlation", "REML", "lmer", "lme4", "PROC MIXED", "BLUP", "shrinkage", "one-way ANOVA",
            "nested", "reliability", "gauge R&R", "parametric bootstrap");

    /** Called by the platform. */
    public RandomInterceptAnovaNodeFactory() {
        super(NODE);
    }
}
