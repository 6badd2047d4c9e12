package dev.mixedmodels.knime.longitudinal;

import dev.mixedmodels.engine.longitudinal.LongitudinalModel;
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
 * The node Longitudinal Mixed Model: Y_i | b_i ~ N(X_i beta + Z_i b_i, Sigma_i), b_i ~ N(0, D). The class name is the
 * node's identity in saved workflows.
 */
public final class LongitudinalMixedModelNodeFactory extends DefaultNodeFactory {
    private static final String SHORT_DESCRIPTION =
        "Models courses over time: the average course, and how subjects differ from it in level, slope and curve.";

    private static final String DESCRIPTION = NodeTexts.WHICH + """
        <p>
        Subjects are measured repeatedly over time: what is the average course, how much do subjects differ in level
        and in slope, do those who start high rise faster, what is the course of each single subject, and what remains
        correlated in time beyond that? Times may be unequally spaced, missing and different in number.
        </p>
        <p>
        <b>Model.</b> <i>Y<sub>i</sub> | b<sub>i</sub> ~ N(X<sub>i</sub>&#946; + Z<sub>i</sub>b<sub>i</sub>,
        &#931;<sub>i</sub>)</i>, <i>b<sub>i</sub> ~ N(0, D)</i>: the measurements of subject i vary about its own
        course, which is the average course X<sub>i</sub>&#946; plus the subject's deviations b<sub>i</sub> in level
        and slope. D holds the variances and covariances of the deviations between subjects, &#931;<sub>i</sub> those of
        the residuals &#949;<sub>i</sub> within one. Over all subjects <i>Y<sub>i</sub> ~ N(X<sub>i</sub>&#946;,
        V<sub>i</sub>)</i> with <i>V<sub>i</sub> = Z<sub>i</sub>DZ<sub>i</sub>' + &#931;<sub>i</sub></i>. With a
        straight line for each subject: y<sub>ij</sub> = (&#946;<sub>0</sub> + b<sub>0i</sub>) + (&#946;<sub>1</sub> +
        b<sub>1i</sub>) t<sub>ij</sub> + &#949;<sub>ij</sub>. In R: <tt>lmer(y ~ time + (1 + time | subject))</tt> or
        <tt>nlme::lme</tt>; in SAS: PROC MIXED with RANDOM and REPEATED statements.
        </p>
        <p>
        <b>Data.</b> Long format: one row per subject and time, with columns for the response, the subject and the
        time (numbers or dates). Rows may have any order, subjects any number of rows, also a single one. If your
        table has one column per visit, use an Unpivot node first. Without opening the dialog the node takes columns
        by type and name, and fits a straight line for each subject.
        </p>
        <p>
        <b>Missing values.</b> A row with a missing value, NaN or an infinite number in a used column is left out and
        counted in a warning, or stops the node, as you choose; the subject's other rows stay. Results are valid if
        measurements are missing at random: whether one is missing may depend on what was observed before. A row that
        lacks only the response is still predicted in the fitted values; a new subject follows the average course.
        </p>
        <h3>Why</h3>
        <p>
        <b>Why are rows of a subject correlated?</b> They share b<sub>i</sub>. Given the subject's own course they are
        independent (if &#931;<sub>i</sub> says so); for somebody who does not know it, a high first value makes a
        high second one likely.
        </p>
        <p>
        <b>Why does a larger variance of the random effects mean a larger correlation?</b> With a random intercept alone
        two rows of a subject have its variance between subjects, D<sub>11</sub>, as covariance, and the correlation
        D<sub>11</sub>/(D<sub>11</sub> + residual variance): the more subjects differ, the more of a row's deviation is
        the subject's, which all its rows have in common. With a random slope variances and correlations change over
        time, which the table Covariance matrices shows as V.
        </p>
        <p>
        <b>Why do the naive standard errors mislead?</b> Ordinary least squares takes every row as new information.
        Then what differs between subjects, such as a treatment, looks too certain, and often a change within subjects
        too uncertain, for it compares correlated values. If slopes differ between subjects, even the average slope is
        known only as well as the number of subjects allows. The design effect says by how much the variance is really
        larger or smaller.
        </p>
        <p>
        <b>Why are the subjects' courses shrunken?</b> The best linear unbiased prediction (BLUP) of a subject's
        deviation weighs its own rows against the average course; the fewer and noisier its rows, the closer it stays
        to the average. Over all subjects this errs less than a separate line for each. Reliability 1 means as
        observed, 0 pulled fully to the mean.
        </p>
        <p>
        <b>Why a singular fit?</b> The best estimate of a variance may be 0 or that of a correlation 1 or -1: the data
        show no more differences of that kind than chance explains. The warning names the direction that vanished;
        everything else still holds. This is not a failure to converge. A simpler random part gives the same
        likelihood.
        </p>
        <p>
        <b>Where is time 0?</b> The intercept and its variance are those at time 0. Dates count from the first one
        in the data. If 0 is far from the data (numbers such as the year 2019), subtract the first or the middle time,
        and level and slope become easier to read.
        </p>
        <h3>Results</h3>
        <p>
        The estimates are restricted maximum likelihood (REML) unless you choose otherwise. F tests of each term (type
        III) by Satterthwaite or Kenward-Roger, or standard errors from the sandwich over subjects (CR0 to CR3), which
        stay right for many subjects when the covariances are wrong; likelihood ratio tests of the random effects with
        the mixtures of chi-square distributions that hold when a variance is 0; profile-likelihood intervals for
        variances and correlations, or by a parametric bootstrap intervals of all parameters and further p-values;
        marginal and conditional R&#178;; least-squares means. Normalized residuals in the fitted values should look like independent standard normal numbers if mean and covariance are right.
        </p>
        <h3>Example</h3>
        <p>
        Eighteen people slept three hours a night, and their reaction time was measured on ten days (Belenky et al.
        2003; 180 rows). Straight lines with random intercept and slope: the reaction time starts at 251.4 ms and
        grows by 10.5 ms a day (standard error 1.55 on 17 degrees of freedom, p = 3 &#183; 10<sup>-6</sup>; the naive
        standard error is 1.24). People differ: the standard deviation of their levels is 24.7 ms, that of their
        slopes 5.9 ms a day, the correlation of the two 0.07; the residual standard deviation is 25.6 ms. Is the
        random slope needed? Twice the log likelihood falls by 42.8 without it, p = 3 &#183; 10<sup>-10</sup>. Subject
        308 has the predicted deviation 9.2 in slope, so 19.7 ms a day.
        </p>
        """ + NodeTexts.GLOSSARY + """
        <h3>References</h3>
        <p>
        Laird and Ware (1982) Biometrics 38:963-974. Pinheiro and Bates (2000) <i>Mixed-Effects Models in S and
        S-PLUS</i>. Verbeke and Molenberghs (2000) <i>Linear Mixed Models for Longitudinal Data</i>. Bates,
        M&#228;chler, Bolker and Walker (2015) Journal of Statistical Software 67(1). Kenward and Roger (1997)
        Biometrics 53:983-997. Stram and Lee (1994) Biometrics 50:1171-1177. Nakagawa and Schielzeth (2013) Methods in
        Ecology and Evolution 4:133-142.
        </p>
        """;

    private static final LearnerNode<LongitudinalMixedModelParameters> MODEL =
        MixedModelNode.of(ModelKind.LONGITUDINAL, LongitudinalMixedModelParameters::toSettings,
            (settings, table, progress, warnings) -> LongitudinalModel.fit(settings, table, progress.sub(0, 0.4), warnings)
                .output(progress.sub(0.4, 1), warnings),
            (settings, header) -> new MixedModelPicture(ModelKind.LONGITUDINAL, header, settings.layout().subject(),
                settings.layout().time()));

    private static final DefaultNode NODE = DefaultNode.create()
        .name(ModelKind.LONGITUDINAL.node())
        .icon("/icons/longitudinal-mixed-model.png")
        .shortDescription(SHORT_DESCRIPTION)
        .fullDescription(DESCRIPTION)
        .sinceVersion(5, 8, 0)
        .ports(ports -> Ports.mixedModelWithMeans(ports, "Long format: one row per subject and time, with a numeric "
            + "column for the response, a column that names the subject, and a column of numbers or dates for the "
            + "time."))
        .model(model -> model.parametersClass(LongitudinalMixedModelParameters.class)
            .configure(MODEL::configure)
            .execute(MODEL::execute))
        .addView(PictureView::of)
        .nodeType(NodeType.Learner)
        .keywords("mixed model", "LMM", "longitudinal", "repeated measures", "growth curve", "random intercept",
            "random slope", "random coefficients", "hierarchical", "multilevel", "HLM", "random effects", "REML",
            "lmer", "lme4", "nlme", "PROC MIXED", "BLUP", "panel data", "time series", "AR(1)", "sandwich", "emmeans",
            "LS means", "parametric bootstrap");

    /** Called by the platform. */
    public LongitudinalMixedModelNodeFactory() {
        super(NODE);
    }
}
