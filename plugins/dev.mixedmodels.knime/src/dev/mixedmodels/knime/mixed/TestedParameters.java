package dev.mixedmodels.knime.mixed;

import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.design.TestType;
import dev.mixedmodels.knime.settings.TestTypeMode;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;

/** Settings of nodes whose mean has terms to be tested. */
@LoadDefaultsForAbsentFields
public abstract class TestedParameters extends WeightedParameters {
    @Widget(title = TestTypeMode.TITLE, description = TestTypeMode.DESCRIPTION)
    @Layout(Sections.Inference.class)
    protected TestTypeMode testType = TestTypeMode.III;

    /** Weights of the rows and tests of terms by default options. */
    final DesignOptions weightedAndTested() {
        return DesignOptions.DEFAULT.withWeights(weightsOrNull()).withTests(TestType.valueOf(testType.name()));
    }
}
