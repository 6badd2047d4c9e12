package org.knime.core.data.renderer;

/** How a value is shown; only the name of the column property that chooses it is needed here. */
public interface DataValueRenderer {
    /** Column property that names the renderer to show the column with. */
    String PROPERTY_PREFERRED_RENDERER = "preferred.renderer";
}
