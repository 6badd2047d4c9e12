package dev.mixedmodels.knime.multilevel;

import dev.mixedmodels.engine.model.ModelKind;
import dev.mixedmodels.engine.multilevel.MultilevelModel;
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
 * The node Multilevel Model: y = X beta + random effects of nested levels or crossed factors + e. The class name is the
 * node's identity in saved workflows.
 */
public final class MultilevelModelNodeFactory extends DefaultNodeFactory {
    private static final String SHORT_DESCRIPTION =
        "Models data with several levels, such as students in schools in boards, and crossed factors.";

    private static final String DESCRIPTION = NodeTexts.WHICH + """
        <p>
        Students belong to schools, and schools to education boards; or students rate lecturers, each of them several.
        How much of the variation lies at each level, what are the effects of covariates with standard errors that
        allow for the levels, and what can be said of each single school? Levels may be nested to any depth, crossed,
        or both.
        </p>
        <p>
        <b>Model.</b> With three levels: <i>y<sub>ijk</sub> = x<sub>ijk</sub>'&#946; + b<sub>i</sub> + b<sub>ij</sub> +
        &#949;<sub>ijk</sub></i>: the response of student k in school j of board i is what its covariates x say on
        average, plus the board's deviation b<sub>i</sub>, plus the school's b<sub>ij</sub> within the board, plus its
        own &#949;<sub>ijk</sub>. The deviations are random, independent and normal, with variances and covariances D
        for the units of each level and &#931; for the residuals. Slopes may differ between units too: then
        b<sub>i</sub> is a pair, of an intercept and a slope, correlated by D. In R: <tt>lmer(score ~ gcse + (1 |
        lea/school))</tt>, crossed <tt>lmer(y ~ service + (1 | student) + (1 | lecturer))</tt>; in SAS: PROC MIXED with
        RANDOM statements.
        </p>
        <p>
        <b>Data.</b> Long format: one row per observation of the innermost level, with a column for the response and
        one column for each level that says which unit the row belongs to. Covariates of higher levels (the size of
        the school) repeat in all its rows. Units may have any number of rows. Units of a nested level are told apart
        within those above it, so codes may start anew in each; a warning says when the codes are unique already, or
        when levels called nested turn out to be crossed.
        </p>
        <p>
        <b>Missing values.</b> A row with a missing value, NaN or an infinite number in a used column is left out and
        counted in a warning, or stops the node, as you choose. A row that lacks only the response is still predicted
        in the fitted values; a new unit has the effect 0.
        </p>
        <h3>Why</h3>
        <p>
        <b>Why are rows of a unit correlated?</b> They share the unit's deviation, and those of all units above it.
        Two students of the same school share b<sub>i</sub> and b<sub>ij</sub>, so they are more alike than two of the
        same board only, who share b<sub>i</sub>; two of different boards share nothing. The table Covariance matrices
        has the three correlations.
        </p>
        <p>
        <b>Why does a larger variance of the random effects mean a larger correlation?</b> The correlation of two rows
        of a unit is the variance that they share over the whole variance. The more units differ, the more of a row's
        deviation is the unit's, which all its rows have in common.
        </p>
        <p>
        <b>Why do the naive standard errors mislead?</b> Ordinary least squares takes every row as new information.
        For a covariate that is constant within schools, the number of schools counts, not that of students: its naive
        standard error is too small, and chance looks significant. Naive Std. Error and Naive p-value stand beside the
        right ones; the design effect says by how much the variance is really larger.
        </p>
        <p>
        <b>Why centre a covariate within units?</b> A covariate such as intake score has an effect within schools (a
        better student of the same school) and one between them (a school with better students). Raw, the two are
        mixed. Within and between splits them into two columns and two slopes; if they differ, the composition of the
        school has an effect of its own.
        </p>
        <p>
        <b>Why are the units' effects shrunken?</b> The mean of a small school is mostly chance. The best linear
        unbiased prediction (BLUP) weighs it against the levels above; reliability 1 means as observed, 0 pulled fully
        to the mean.
        </p>
        <p>
        <b>Why a variance of 0?</b> The units of a level may differ no more than the levels below explain. The fit is
        then called singular, a warning names the level, and everything else still holds; the model without the level
        gives the same likelihood.
        </p>
        <h3>Results</h3>
        <p>
        The estimates are restricted maximum likelihood (REML) unless you choose otherwise. F tests of each term (type
        III) by Satterthwaite, or Kenward-Roger where random effects are not too many, or standard errors from the
        sandwich over the units of the outermost level (CR0 to CR3); likelihood ratio tests of each level; shares of variance and
        intraclass correlations with intervals; profile-likelihood intervals for variances and correlations, or by a
        parametric bootstrap intervals of all parameters and further p-values; R&#178; marginal and conditional
        (Nakagawa) and by level (Snijders and Bosker); least-squares means.
        </p>
        <h3>Example</h3>
        <p>
        31,022 students in 2,410 schools of 131 local education authorities took A-level chemistry in 1997 (Fielding,
        Yang and Goldstein 2003). Without covariates the variance of the score is 0.15 between authorities, 2.75
        between schools within them and 8.52 between students within schools: 1.3 %, 24.1 % and 74.6 %. Two students
        of the same school have a correlation of 0.25, two of the same authority only of 0.01. The mean over schools
        is 5.32 with a standard error of 0.058; the naive figures, 5.81 and 0.019, weigh large schools more and take
        all students as independent: the design effect is 9.5. With the average GCSE score as covariate (2.47 points
        per grade, standard error 0.017) the variances fall to 0.015, 1.17 and 5.15: differences between authorities
        were mostly differences of intake.
        </p>
        """ + NodeTexts.GLOSSARY + """
        <h3>References</h3>
        <p>
        Goldstein (2011) <i>Multilevel Statistical Models</i>. Snijders and Bosker (2012) <i>Multilevel Analysis</i>.
        Raudenbush and Bryk (2002) <i>Hierarchical Linear Models</i>. Bates, M&#228;chler, Bolker and Walker (2015)
        Journal of Statistical Software 67(1). Mundlak (1978) Econometrica 46:69-85. Nakagawa and Schielzeth (2013)
        Methods in Ecology and Evolution 4:133-142. Kenward and Roger (1997) Biometrics 53:983-997.
        </p>
        """;

    private static final LearnerNode<MultilevelModelParameters> MODEL =
        MixedModelNode.of(ModelKind.MULTILEVEL, MultilevelModelParameters::toSettings, MultilevelModel::fit,
            (settings, header) -> new MixedModelPicture(ModelKind.MULTILEVEL, header, null, null));

    private static final DefaultNode NODE = DefaultNode.create()
        .name(ModelKind.MULTILEVEL.node())
        .icon("/icons/multilevel-model.png")
        .shortDescription(SHORT_DESCRIPTION)
        .fullDescription(DESCRIPTION)
        .sinceVersion(5, 8, 0)
        .ports(ports -> Ports.mixedModelWithMeans(ports, "Long format: one row per observation, with a numeric column "
            + "for the response and for each level a column of texts or whole numbers that names its units."))
        .model(model -> model.parametersClass(MultilevelModelParameters.class)
            .configure(MODEL::configure)
            .execute(MODEL::execute))
        .addView(PictureView::of)
        .nodeType(NodeType.Learner)
        .keywords("mixed model", "hierarchical", "multilevel", "HLM", "HLM2", "HLM3", "nested", "crossed",
            "random effects", "random intercept", "random slope", "variance components", "ICC", "intraclass "
                + "correlation",
            "clustered data", "contextual effect", "Mundlak", "group mean centring", "REML", "lmer", "lme4", "PROC "
                + "MIXED",
            "BLUP", "split-plot", "emmeans", "LS means", "parametric bootstrap");

    /** Called by the platform. */
    public MultilevelModelNodeFactory() {
        super(NODE);
    }
}
