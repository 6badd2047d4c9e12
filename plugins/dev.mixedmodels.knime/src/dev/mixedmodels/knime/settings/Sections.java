package dev.mixedmodels.knime.settings;

import org.knime.node.parameters.layout.After;
import org.knime.node.parameters.layout.Section;

/** The parts of the dialogs, in their order; a dialog has those of them that have fields. */
public interface Sections {
    /** What a row is and where the model comes from. */
    @Section(title = "Data")
    interface Data {
    }

    /** Fixed effects. */
    @Section(title = "Mean")
    @After(Data.class)
    interface Mean {
    }

    /** Levels of a multilevel model. */
    @Section(title = "Levels")
    @After(Mean.class)
    interface Levels {
    }

    /** Random effects of a subject. */
    @Section(title = "Differences between subjects")
    @After(Levels.class)
    interface Random {
    }

    /** Residuals of a subject. */
    @Section(title = "Residuals within subjects")
    @After(Random.class)
    interface Residual {
    }

    /** Covariance of a subject's rows. */
    @Section(title = "Covariance within subjects")
    @After(Residual.class)
    interface Covariance {
    }

    /** How the parameters are estimated. */
    @Section(title = "Estimation")
    @After(Covariance.class)
    interface Estimation {
    }

    /** Intervals and tests. */
    @Section(title = "Intervals and tests")
    @After(Estimation.class)
    interface Inference {
    }

    /** Least-squares means. */
    @Section(title = "Least-squares means")
    @After(Inference.class)
    interface Means {
    }

    /** Levels of factors. */
    @Section(title = "Nominal columns")
    @After(Means.class)
    interface Factors {
    }

    /** Missing values. */
    @Section(title = "Missing values")
    @After(Factors.class)
    interface Missing {
    }

    /** Output and numerical details. */
    @Section(title = "Details")
    @After(Missing.class)
    interface Details {
    }
}
