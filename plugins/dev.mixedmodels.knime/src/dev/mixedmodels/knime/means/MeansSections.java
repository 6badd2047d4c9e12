package dev.mixedmodels.knime.means;

import dev.mixedmodels.knime.settings.DialogLayout;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.layout.After;
import org.knime.node.parameters.layout.Inside;
import org.knime.node.parameters.layout.Section;

/** The parts of the dialog, in their order. */
@Inside(DialogLayout.Model.class)
interface MeansSections {
    /** Which means. */
    @Section(title = "Means")
    interface Means {
    }

    /** What is compared. */
    @Section(title = "Comparisons")
    @After(Means.class)
    interface Comparisons {
    }

    /** Slopes. */
    @Section(title = "Slopes and weights")
    @After(Comparisons.class)
    @Advanced
    interface Details {
    }

    /** Values of numeric columns. */
    @Section(title = MixedModelMeansParameters.AT)
    @After(Details.class)
    @Advanced
    interface At {
    }

    /** Tests and intervals. */
    @Section(title = "Intervals and tests")
    @After(At.class)
    @Advanced
    interface Tests {
    }
}
