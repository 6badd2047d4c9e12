package dev.mixedmodels.knime.settings;

import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.layout.After;
import org.knime.node.parameters.layout.Section;

/**
 * The whole of a dialog. The platform shows the settings of the model and of the view in one, wants one part that all
 * others are inside of, and puts fields without a part before all sections.
 */
public interface DialogLayout {
    /** The settings of the model; the parts of each node are inside. */
    interface Model {
    }

    /** How the view opens. */
    @Section(title = "View")
    @Advanced
    @After(Model.class)
    interface View {
    }
}
