package dev.mixedmodels.knime.predictor;

import dev.mixedmodels.knime.settings.DialogLayout;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.layout.After;
import org.knime.node.parameters.layout.Inside;
import org.knime.node.parameters.layout.Section;

/** The parts of the dialog, in their order. */
@Inside(DialogLayout.Model.class)
interface PredictorSections {
    /** What is predicted. */
    @Section(title = "Prediction")
    interface Predicted {
    }

    /** Which columns are appended. */
    @Section(title = "New columns")
    @After(Predicted.class)
    interface Columns {
    }

    /** What stands against a prediction. */
    @Section(title = "Levels that did not occur in the fit")
    @After(Columns.class)
    @Advanced
    interface Levels {
    }
}
