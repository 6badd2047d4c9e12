package dev.mixedmodels.knime.view;

import dev.mixedmodels.engine.picture.Picture;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.NodeLogger;
import org.knime.node.DefaultView;
import org.knime.node.DefaultView.RequireViewParameters;
import org.knime.node.DefaultView.ViewInput;

/** The view of a node: its page gets the picture that the execution left in the internal tables. */
public final class PictureView {
    private static final String DESCRIPTION = """
        <p>What was fitted, what came out and what to worry about; then charts: of the units, of the means, of the
        variances, and of the residuals. Every chart has a table behind it and can be saved as SVG or PNG. Of large
        results the extremes are drawn and others evenly between; the chart then says how many of how many.</p>
        """;

    private PictureView() {
    }

    /**
     * @param view asks for the view
     * @return the view that all nodes share
     */
    public static DefaultView of(final RequireViewParameters view) {
        return view.parametersClass(ViewParameters.class).description(DESCRIPTION)
            .page(page -> page.fromFile().bundleClass(PictureView.class).basePath("view")
                .relativeFilePath("index.html").addResourceDirectory("js"))
            .initialData(data -> data.data(PictureView::data));
    }

    private static ViewData data(final ViewInput input) {
        final ViewData.Options options = ViewData.Options.of(input.getParameters());
        final BufferedDataTable[] tables = input.getInternalTables();
        if (tables == null || tables.length == 0) {
            return new ViewData(options, null, "The node has not been executed yet. Execute it to see its results.");
        }
        final Picture picture;
        try {
            picture = PictureTables.read(tables);
        } catch (final RuntimeException e) {
            NodeLogger.getLogger(PictureView.class).error("The saved results cannot be read", e);
            return new ViewData(options, null, "The saved results cannot be read. Execute the node again to see them.");
        }
        return picture != null ? new ViewData(options, picture, "")
            : new ViewData(options, null, "These results were saved by another version of the extension. Execute the "
                + "node again to see them.");
    }
}
