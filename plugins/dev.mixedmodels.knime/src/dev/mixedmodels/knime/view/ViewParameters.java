package dev.mixedmodels.knime.view;

import dev.mixedmodels.knime.settings.DialogLayout;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.text.TextAreaWidget;

/** How the view opens. All of it can be changed in the view itself, for as long as it is open. */
public final class ViewParameters implements NodeParameters {
    @Layout(DialogLayout.View.class)
    @Widget(title = "Open with", description = """
        The charts that the view shows first. A node that has none of the chosen kind opens with its first ones.""")
    TopicMode topic = TopicMode.FIRST;

    @Layout(DialogLayout.View.class)
    @Widget(title = "Scale", description = "What the response is shown in.")
    @ValueSwitchWidget
    ScaleMode scale = ScaleMode.RESPONSE;

    @Layout(DialogLayout.View.class)
    @Widget(title = "Order", description = "The order of groups, subjects or units in a chart.")
    @ValueSwitchWidget
    OrderMode order = OrderMode.SIZE;

    @Layout(DialogLayout.View.class)
    @Widget(title = "Only these", description = """
        Names of the groups, subjects or units that are shown, one a line. Empty: all. Large results hold a part of \
        them only, the extremes and others evenly between.""")
    @TextAreaWidget(rows = 4)
    String only = "";

    ViewParameters() {
    }
}
