package dev.mixedmodels.knime.compare;

import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;

/** Settings of the node Mixed Model Compare. The names of the fields are the persisted keys. */
@LoadDefaultsForAbsentFields
final class MixedModelCompareParameters implements NodeParameters {
    @Widget(title = "Tests", description = """
        Which models are tested against one another. A test needs the smaller model to be a special case of the larger \
        one; where it is not, the table says so.""")
    @ValueSwitchWidget
    PairsMode pairs = PairsMode.SUCCESSIVE;
}
