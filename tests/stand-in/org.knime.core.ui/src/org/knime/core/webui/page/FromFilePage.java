package org.knime.core.webui.page;

import dev.mixedmodels.standin.definition.PageDefinition;

/** A page that is a file of a bundle. */
public final class FromFilePage extends Page {

    FromFilePage(final PageDefinition definition) {
        super(definition);
    }

    /** Serves a file beside the page. */
    public FromFilePage addResourceFile(final String relativeFilePath) {
        PageDefinition.of(this).addFile(relativeFilePath);
        return this;
    }

    /** Serves all files of a folder beside the page. */
    public FromFilePage addResourceDirectory(final String relativeDirPath) {
        PageDefinition.of(this).addFolder(relativeDirPath);
        return this;
    }
}
