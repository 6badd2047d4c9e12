package dev.mixedmodels.knime.predictor;

import dev.mixedmodels.knime.node.Ports;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;

/** The node Mixed Model Predictor. The class name is the node's identity in saved workflows. */
public final class MixedModelPredictorNodeFactory extends DefaultNodeFactory {
    private static final String SHORT_DESCRIPTION =
        "Predicts the rows of a table by a fitted mixed model, with the random effects of the units that it knows.";

    private static final String DESCRIPTION = """
        <p>
        A mixed model was fitted; what does it say about other rows? This node takes the model of any of the nodes
        Random Intercept ANOVA, Longitudinal Mixed Model, Marginal Repeated Measures, Multilevel Model and Empirical
        Bayes Shrinkage, and appends predictions to a table: those of the fixed effects, those with random effects, their
        standard error, confidence bounds and prediction bounds. Rows, their order and their ids stay as they are. The
        data that the model was fitted to are not needed.
        </p>
        <p>
        <b>Known and new units.</b> For a subject, school or batch that the model knows, the prediction is
        <i>x'&#946; + z'b</i>: its own predicted random effects b are added to the mean. For a unit that it does not know
        b is 0, what is expected of a unit drawn at random, and the message says how many rows are of such units. With
        several levels you choose up to which one units are taken as known: for the children of a known school who were
        not in the data, up to the school.
        </p>
        <p>
        <b>How certain?</b> The standard error is that of the prediction as an estimate of the mean of such rows of this
        unit. With w the row of the fixed effects, z that of the random effects, and b = b&#770; - K(&#946;&#770; -
        &#946;) + error with the variance C given the data, its square is
        </p>
        <ul>
        <li>fixed effects alone: w'Cov(&#946;&#770;)w, with the model's degrees of freedom for the bounds;</li>
        <li>a known unit: (w - K'z)'Cov(&#946;&#770;)(w - K'z) + z'Cz, as for the BLUPs;</li>
        <li>a new unit: w'Cov(&#946;&#770;)w + z'Dz: it may be any unit.</li>
        </ul>
        <p>
        Prediction bounds hold for one new response: the residual variance comes on top, and z'Dz of the random effects
        that were left out. Variances are taken as known, as by the nodes themselves.
        </p>
        <p>
        <b>Other models.</b> Marginal Repeated Measures has no random effects. A row whose response is missing is
        predicted from the visits of its subject whose response stands in this table; a subject without any has the mean.
        Rows with a response need no prediction and have missing cells beside (marginal). With Empirical Bayes
        Shrinkage every row is a unit: the prediction is the posterior mean of its true value, from its own estimate and
        the prior that was estimated from the other units; a unit without an estimate has the prior.
        </p>
        <p>
        <b>Rows without a prediction.</b> Where a value is missing that the model needs, and where a nominal fixed effect
        has a level that did not occur in the fit, cells are missing and the message counts them. Predictions of a model
        of log(y) are of log(y).
        </p>
        <h3>Example</h3>
        <p>
        Reaction times of 18 people over ten days of little sleep (Longitudinal Mixed Model: own level and slope for each
        subject). What on day 12? For subject 308 the model predicts 253.7 + 19.7 &#183; 12 = 489.7 ms. Of somebody new it
        says 251.4 + 10.5 &#183; 12 = 377.0 ms, with a standard error that has the differences between people in it.
        </p>
        <h3>References</h3>
        <p>
        Henderson (1975) Biometrics 31:423-447. Skrondal and Rabe-Hesketh (2009) Journal of the Royal Statistical Society
        A 172:659-687. Goldberger (1962) Journal of the American Statistical Association 57:369-375.
        </p>
        """;

    private static final DefaultNode NODE = DefaultNode.create()
        .name("Mixed Model Predictor")
        .icon("/icons/mixed-model-predictor.png")
        .shortDescription(SHORT_DESCRIPTION)
        .fullDescription(DESCRIPTION)
        .sinceVersion(5, 8, 0)
        .ports(ports -> Ports.modelInput(ports)
            .addInputTable("Data", "The rows to predict, with the columns that the model was fitted to, without the response.")
            .addOutputTable("Predictions", "The same rows with the columns of predictions appended."))
        .model(model -> model.parametersClass(MixedModelPredictorParameters.class)
            .configure(MixedModelPredictorModel::configure)
            .execute(MixedModelPredictorModel::execute))
        .nodeType(NodeType.Predictor)
        .keywords("mixed model", "predict", "prediction", "score", "apply", "LMM", "random effects", "BLUP", "posterior",
            "hierarchical", "multilevel", "predict.merMod", "predict.lme", "new levels", "prediction interval");

    /** Called by the platform. */
    public MixedModelPredictorNodeFactory() {
        super(NODE);
    }
}
