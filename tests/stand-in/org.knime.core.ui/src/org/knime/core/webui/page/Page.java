package org.knime.core.webui.page;

import org.knime.core.node.FluentNodeAPI;

import dev.mixedmodels.standin.definition.PageDefinition;

/** A page of HTML with the files that it loads. */
public abstract sealed class Page implements FluentNodeAPI permits FromFilePage {

    Page(final PageDefinition definition) {
        PageDefinition.register(this, definition);
    }

    /** Starts a page. */
    public static RequireFromFileOrString create() {
        return () -> type -> basePath -> file -> new FromFilePage(new PageDefinition(type, basePath, file));
    }

    /** The path of the page's file below its base path. */
    public String getRelativePath() {
        return PageDefinition.of(this).file();
    }

    /** Asks where the page comes from. */
    public interface RequireFromFileOrString {
        RequireBundle fromFile();
    }

    /** Asks for the bundle that holds the files, by one of its classes. */
    public interface RequireBundle {
        RequireBasePath bundleClass(Class<?> clazz);
    }

    /** Asks for the folder that holds the files, from the bundle's root. */
    public interface RequireBasePath {
        RequireRelativeFilePath basePath(String basePath);
    }

    /** Asks for the file of the page, from that folder. */
    public interface RequireRelativeFilePath {
        FromFilePage relativeFilePath(String relativeFilePath);
    }
}
