package dev.mixedmodels.knime.means;

import dev.mixedmodels.knime.model.MixedModelPortObject;
import dev.mixedmodels.knime.node.NodeTexts;
import dev.mixedmodels.knime.view.PictureView;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;

/** The node Mixed Model Means. The class name is the node's identity in saved workflows. */
public final class MixedModelMeansNodeFactory extends DefaultNodeFactory {
    private static final String SHORT_DESCRIPTION =
        "Marginal means, differences, contrasts, slopes and joint tests from a fitted mixed model.";

    private static final String DESCRIPTION = """
        <p>
        Which arms differ, and at which visit? Does the response rise faster in one group? Connect the port <i>Model</i> of
        Longitudinal Mixed Model, Marginal Repeated Measures, Multilevel Model or Random Intercept ANOVA: the model holds all
        that is needed, without the data.
        </p>
        <p>
        <b>Marginal means</b> (least-squares means, estimated marginal means) are means of the model's predictions: the
        nominal column at the level, other nominal columns over their levels with equal weights (or other ones), numeric
        columns at their mean or at values that you choose, <i>m = c' &#946;</i>, where c is the weighted mean of the rows of
        the design. <b>Separately for each level of</b> takes them at each level of another column, which gives simple
        effects: differences between arms, visit by visit.
        </p>
        <p>
        <b>Comparisons</b> are differences of all pairs, or from one level such as the placebo, and contrasts that you write:
        <i>(low + high)/2 - placebo</i>. <b>Slopes</b> are derivatives of the mean by a numeric column, for each level of a
        nominal one, and are compared in the same way. All have the standard errors and degrees of freedom (Satterthwaite,
        Kenward-Roger, sandwich ...) that the model was fitted with.
        </p>
        <p>
        <b>Tests</b> are <i>t = (m - m<sub>0</sub>) / SE(m)</i>, two-sided or one-sided, against 0 or another value.
        <b>Adjusted p-values</b> allow for the number of comparisons of one term at one place: Bonferroni, Holm, Sidak; Tukey
        for all pairs; Dunnett for differences from one level (and for any other family, by the multivariate t distribution
        with the correlations of the comparisons); Scheffe for everything that could be compared; or the false discovery
        rate. Intervals are those of single statements, unless simultaneous ones are chosen.
        </p>
        <p>
        <b>Joint tests</b> ask of each nominal column, interaction and numeric column by an F test whether its means, or
        slopes, are equal (place by place, if there are several). If all combinations of levels occur, these are tests of
        type III; if some do not, what the data determine is tested, and Num df says how much that is.
        </p>
        <h3>Why</h3>
        <p>
        <b>Why not the means of the rows?</b> If arms have other ages, or visits were missed, means of rows differ for that
        reason too. Marginal means compare levels as if all else were the same.
        </p>
        <p>
        <b>Why equal weights?</b> They ask about levels, not about how many rows happened to be collected. For a forecast of a
        population in which levels are not equally frequent, weigh them as they occur.
        </p>
        <p>
        <b>Why look at differences when intervals of means overlap?</b> The standard error of a difference is not that of its
        parts: means of the same subjects share much of their error, and intervals may overlap though the difference is clear.
        </p>
        <p>
        <b>Why adjust?</b> Of twenty differences that are 0, one is significant at 5 percent by chance.
        </p>
        <h3>Example</h3>
        <p>
        A trial of 60 subjects in two arms at five visits, with the baseline as a covariate (hetar1 of the project's data),
        fitted with a random intercept. Means of <i>arm</i>, separately for each level of <i>visit</i>, all pairs: at visit 1
        the arms differ by 0.37 (SE 0.52, p = 0.47), at visit 5 by 1.52 (SE 0.61, p = 0.013). The joint test of arm over all
        visits has F(1, 59) = 5.27, p = 0.025; that of arm:visit, F(4, 187) = 1.15, p = 0.33, says that the growth of the
        difference may be chance.
        </p>
        """ + NodeTexts.GLOSSARY + """
        <h3>References</h3>
        <p>
        Searle, Speed and Milliken (1980) The American Statistician 34:216-221. Lenth, <i>emmeans: Estimated Marginal Means</i>,
        R package, whose conventions the node follows. Dunnett (1955) Journal of the American Statistical Association
        50:1096-1121. Hothorn, Bretz and Westfall (2008) Biometrical Journal 50:346-363. Benjamini and Hochberg (1995) Journal
        of the Royal Statistical Society B 57:289-300.
        </p>
        """;

    private static final String MODEL = """
        A model fitted by one of the nodes Longitudinal Mixed Model, Marginal Repeated Measures, Multilevel Model or Random
        Intercept ANOVA.""";
    private static final String MEANS = """
        One row per mean, slope, difference and contrast (Type): the term, the level and for differences the level against
        which it is, the place (At), estimate, standard error, degrees of freedom, t, p-value, confidence bounds (one of them
        is missing with a one-sided alternative), and for differences and contrasts the adjusted p-value. What the data do not
        determine is missing.""";
    private static final String JOINT = """
        One row per joint test: the columns, the place, numerator and denominator degrees of freedom, F, p-value.""";

    private static final DefaultNode NODE = DefaultNode.create()
        .name(MixedModelMeansModel.NODE)
        .icon("/icons/mixed-model-means.png")
        .shortDescription(SHORT_DESCRIPTION)
        .fullDescription(DESCRIPTION)
        .sinceVersion(5, 8, 0)
        .ports(ports -> ports.addInputPort("Model", MODEL, MixedModelPortObject.TYPE)
            .addOutputTable("Means", MEANS).addOutputTable("Joint tests", JOINT))
        .model(model -> model.parametersClass(MixedModelMeansParameters.class)
            .configure(MixedModelMeansModel::configure)
            .execute(MixedModelMeansModel::execute))
        .addView(PictureView::of)
        .keywords("mixed model", "marginal means", "estimated marginal means", "least-squares means", "lsmeans", "emmeans",
            "adjusted means", "post hoc", "pairwise comparisons", "contrasts", "simple effects", "simple slopes", "emtrends",
            "Tukey", "Dunnett", "Bonferroni", "Holm", "Scheffe", "multiple comparisons", "joint tests");

    /** Called by the platform. */
    public MixedModelMeansNodeFactory() {
        super(NODE);
    }
}
