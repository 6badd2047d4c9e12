package dev.mixedmodels.knime.marginal;

import dev.mixedmodels.engine.marginal.MarginalModel;
import dev.mixedmodels.engine.model.ModelKind;
import dev.mixedmodels.engine.picture.MixedModelPicture;
import dev.mixedmodels.knime.mixed.MixedModelNode;
import dev.mixedmodels.knime.node.LearnerNode;
import dev.mixedmodels.knime.node.NodeTexts;
import dev.mixedmodels.knime.node.Ports;
import dev.mixedmodels.knime.view.PictureView;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;

/**
 * The node Marginal Repeated Measures: Y_i ~ N(X_i beta, V_i). The class name is the node's identity in saved
 * workflows.
 */
public final class MarginalRepeatedMeasuresNodeFactory extends DefaultNodeFactory {
    private static final String SHORT_DESCRIPTION =
        "Models repeated measurements by the covariance of the visits itself: the MMRM of clinical trials.";

    private static final String DESCRIPTION = NodeTexts.WHICH + """
        <p>
        Subjects are measured at several visits, some visits are missing: how do the means change, do they differ
        between groups, and what is significant once the correlation of a subject's visits is allowed for? This node
        takes the covariance matrix of the visits itself as part of the model, without random effects. It is the MMRM
        (mixed model for repeated measures) of clinical trials; with an unstructured matrix and complete data it is
        classical multivariate regression, and with a matrix that depends on time it is generalised least squares for
        growth data.
        </p>
        <p>
        <b>Model.</b> <i>Y<sub>i</sub> ~ N(X<sub>i</sub>&#946;, V<sub>i</sub>)</i>, independently for subjects i: the
        measurements of a subject have means that depend on visit, time and covariates through the fixed effects
        &#946;, and a covariance matrix V<sub>i</sub> that consists of those rows and columns of one matrix V over all
        visits at which the subject was seen (or depends on its times). In R: <tt>mmrm(y ~ arm * visit + us(visit |
        subject))</tt> or <tt>nlme::gls</tt>; in SAS: PROC MIXED with a REPEATED statement.
        </p>
        <p>
        <b>Data.</b> Long format: one row per subject and visit, with columns for the response, the subject and the
        visit (the same few visits for all) or the time (numbers or dates, each subject its own). Rows may have any
        order, a subject at most one row per visit. If your table has one column per visit, use an Unpivot node first.
        For the usual analysis of a trial choose the visit, the arm and the baseline as fixed effects, and the
        interaction of visit and arm.
        </p>
        <p>
        <b>Missing values.</b> A row with a missing value, NaN or an infinite number in a used column is left out and
        counted in a warning, or stops the node, as you choose; the subject's other visits stay. Results are valid if
        visits are missing at random: whether one is missing may depend on what was observed before, not on what would
        have been seen. Unobserved visits are predicted in the table BLUPs. If no subject was seen at both of two
        visits, the rows say nothing about their covariance: it is missing, as are predictions that need it, and all
        else is valid.
        </p>
        <h3>Why</h3>
        <p>
        <b>Why are rows of a subject correlated?</b> What makes a subject high at one visit, its constitution, its
        measuring device, a slow illness, is mostly still there at the next. The covariance matrix V says how much:
        its diagonal the variance at each visit, the rest how two visits go together.
        </p>
        <p>
        <b>Which structure?</b> Unstructured assumes nothing and costs n(n + 1)/2 parameters for n visits; it is right
        for few visits and many subjects. Simpler structures save parameters by an assumption, which each of them
        states. Fit several by <i>Compare with structures</i> and prefer the smaller AIC or BIC; the mean must be the
        same in all.
        </p>
        <p>
        <b>Places in place of visits.</b> Plots of a field, wells or stations are correlated by their distance. The spatial
        structures take one to three coordinates: correlations fall as exp(-d/range) (exponential), exp(-(d/range)&#178;)
        (Gaussian) or to 0 at the range (spherical), and with a nugget only the part 1 - nugget of the variance is shared
        at all. Then a subject is a field or block, or none is chosen and all rows are correlated with one another. A row
        without a response is predicted from its neighbours (kriging), in BLUPs and by Mixed Model Predictor. The range has
        the unit of the coordinates. ARMA(1,1) is AR(1) of which neighbouring visits share only a part.
        </p>
        <p>
        <b>Why may compound symmetry have a negative covariance here?</b> In the lecture's letters two rows of a subject
        have the covariance &#963;&#178; (in the table Covariance parameters: c), and a row has the variance
        &#963;&#178; + &#947;, where &#947; is what its own row adds. The eigenvalues of V are &#947; (n - 1 times) and
        &#947; + n&#963;&#178;, so the covariance may go down to -&#947;/n: the lecture's &#947; &gt; -&#963;&#178; is
        necessary but not sufficient. For &#963;&#178; &#8805; 0 the model is that of a random intercept with the
        variance &#963;&#178; between subjects; below 0, where rows of a subject are less alike than rows of different
        subjects, as when they share a fixed total, no random intercept gives it. A larger &#963;&#178; means a larger
        correlation &#963;&#178;/(&#963;&#178; + &#947;), because more of the variation is what a subject's rows have in
        common. In the AR(1) structures &#963;&#178; is the variance of a row, and two rows have the covariance
        &#963;&#178;&#961;<sup>|t - t'|</sup>.
        </p>
        <p>
        <b>Why do the naive standard errors mislead?</b> Ordinary least squares takes all rows as independent. Then
        comparisons between subjects look too certain, for further rows of the same subject bring little news, and
        comparisons within subjects look too uncertain, for the difference of two correlated values varies less than
        that of two independent ones. The design effect shows both, above and below 1.
        </p>
        <p>
        <b>Why not analyse complete subjects only, or carry the last value forward?</b> The first wastes subjects and
        is biased when drop-out depends on earlier values, the second invents data. The likelihood uses what was
        observed.
        </p>
        <h3>Results</h3>
        <p>
        The estimates are restricted maximum likelihood (REML) unless you choose otherwise. F tests of each term (type
        III), degrees of freedom by Satterthwaite, Kenward-Roger and others, or standard errors from the sandwich
        (CR0 to CR3), which stay right for many subjects when the structure is wrong. Kenward-Roger has the second
        derivatives of V by variances, covariances and correlations, as SAS PROC MIXED (DDFM=KR) takes them: where V is
        linear in these, as it is when unstructured, compound symmetric, Toeplitz or diagonal, they are 0 and the
        linear variant is the same. mmrm takes them by logarithms of standard deviations and differs a little. For
        AR(1) in continuous time they depend on the unit of time; choose one near the usual distance of visits. For
        complete data with a mean of visit and between-subject factors, Model fit also holds the classical tests:
        Mauchly's test of sphericity, corrected F tests (Greenhouse-Geisser, Huynh-Feldt), Wilks, Pillai,
        Hotelling-Lawley and Roy. Least-squares means are given for each nominal fixed effect, visit by visit if the
        visit is one, with all differences.
        </p>
        <h3>Example</h3>
        <p>
        Sixty subjects, two arms, five visits, 53 of the 300 values missing; the mean is baseline + arm * visit, V
        unstructured. The standard deviation grows from 0.95 at the first visit to 2.81 at the last, and the
        correlation falls from 0.74 between visits 1 and 2 to -0.04 between 1 and 5. At visit 4 the arms differ by
        1.20 (standard error 0.56, 56.6 degrees of freedom, p = 0.038 with Kenward-Roger), at visit 5 by 1.48
        (standard error 0.85, p = 0.087). AIC is 927.7 for the unstructured matrix, 917.3 for heterogeneous AR(1) and
        1026.0 for compound symmetry: what matters is that variances differ and correlations fade, and heterogeneous
        AR(1) says so with 6 parameters in place of 15.
        </p>
        """ + NodeTexts.GLOSSARY + """
        <h3>References</h3>
        <p>
        Jennrich and Schluchter (1986) Biometrics 42:805-820. Mallinckrodt, Lane, Schnell, Peng and Mancuso (2008)
        Drug Information Journal 42:303-319. Kenward and Roger (1997) Biometrics 53:983-997. Bell and McCaffrey (2002)
        Survey Methodology 28:169-181. N&#250;&#241;ez-Ant&#243;n and Zimmerman (2000) Biometrics 56:699-705. Pinheiro
        and Bates (2000) <i>Mixed-Effects Models in S and S-PLUS</i>.
        </p>
        """;

    private static final LearnerNode<MarginalRepeatedMeasuresParameters> MODEL =
        MixedModelNode.of(ModelKind.MARGINAL, MarginalRepeatedMeasuresParameters::toSettings,
            (settings, table, progress, warnings) -> MarginalModel.fit(settings, table,
                progress, warnings),
            (settings, header) -> new MixedModelPicture(ModelKind.MARGINAL, header, settings.layout().subject(),
                settings.layout().visit() != null ? settings.layout().visit() : settings.layout().time()));

    private static final DefaultNode NODE = DefaultNode.create()
        .name(ModelKind.MARGINAL.node())
        .icon("/icons/marginal-repeated-measures.png")
        .shortDescription(SHORT_DESCRIPTION)
        .fullDescription(DESCRIPTION)
        .sinceVersion(5, 8, 0)
        .ports(ports -> Ports.marginalModel(ports, "Long format: one row per subject and visit, with a numeric "
            + "column for the response, a column that names the subject, and a column with the visit or the time."))
        .model(model -> model.parametersClass(MarginalRepeatedMeasuresParameters.class)
            .configure(MODEL::configure)
            .execute(MODEL::execute))
        .addView(PictureView::of)
        .nodeType(NodeType.Learner)
        .keywords("mixed model", "MMRM", "repeated measures", "repeated measures ANOVA", "RM-ANOVA", "longitudinal",
            "marginal model", "GLS", "generalised least squares", "PROC MIXED", "REPEATED", "covariance structure",
            "unstructured", "compound symmetry", "AR(1)", "ARMA", "Toeplitz", "ante-dependence", "sphericity", "MANOVA",
            "spatial", "geostatistics", "kriging", "variogram", "nugget", "spherical", "coordinates",
            "clinical trial", "sandwich", "Kenward-Roger", "emmeans", "LS means");

    /** Called by the platform. */
    public MarginalRepeatedMeasuresNodeFactory() {
        super(NODE);
    }
}
