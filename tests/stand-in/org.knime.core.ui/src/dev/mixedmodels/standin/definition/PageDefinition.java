package dev.mixedmodels.standin.definition;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.stream.Stream;

import org.eclipse.core.runtime.FileLocator;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/** The files of a page. They lie in a bundle that is a folder, or, where there is no framework, on the class path. */
public final class PageDefinition {

    private static final Set<String> CONTENT_TYPES = Set.of("html", "js", "svg", "png");

    private static final Map<Object, PageDefinition> OF_PAGE = Collections.synchronizedMap(new WeakHashMap<>());

    private final Class<?> type;

    private final String basePath;

    private final String file;

    private final List<String> files = new ArrayList<>();

    private final List<String> folders = new ArrayList<>();

    /**
     * @param type a class of the bundle
     * @param basePath the folder of the page in the bundle
     * @param file the page in that folder
     */
    public PageDefinition(final Class<?> type, final String basePath, final String file) {
        this.type = type;
        this.basePath = basePath;
        this.file = file;
    }

    public static void register(final Object page, final PageDefinition definition) {
        OF_PAGE.put(page, definition);
    }

    /** The definition of a page, which the platform's API keeps to itself. */
    public static PageDefinition of(final Object page) {
        return OF_PAGE.get(page);
    }

    public String file() {
        return file;
    }

    public void addFile(final String path) {
        files.add(path);
    }

    public void addFolder(final String path) {
        folders.add(path);
    }

    /**
     * Where the files lie; empty where they cannot be found because there is no framework.
     *
     * @throws IllegalStateException when the bundle is no folder, or has no such folder
     */
    public Optional<Path> folder() {
        final Bundle bundle = FrameworkUtil.getBundle(type);
        final URL url = bundle == null ? type.getResource("/" + basePath + "/" + file) : bundle.getEntry(basePath);
        if (bundle == null && url == null) {
            return Optional.empty();
        }
        try {
            final URL resolved = bundle == null ? url : url == null ? null : FileLocator.resolve(url);
            if (resolved == null || !resolved.getProtocol().equals("file")) {
                throw new IllegalStateException("The folder \"" + basePath + "\" of the page was not found. Is "
                    + bundle + " a folder (Eclipse-BundleShape: dir)?");
            }
            final Path found = Path.of(new URL("file", "", resolved.getPath().replace(" ", "%20")).toURI());
            return Optional.of(bundle == null ? found.getParent() : found);
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("The folder \"" + basePath + "\" of the page cannot be read: " + e, e);
        }
    }

    /**
     * The paths of the page and of all that it may load, below {@link #folder()}, in alphabetical order.
     *
     * @throws IllegalStateException when one is missing, or of a type that the platform does not serve
     */
    public Map<String, Path> contents(final Path folder) {
        final Map<String, Path> contents = new TreeMap<>();
        contents.put(file, folder.resolve(file));
        files.forEach(path -> contents.put(path, folder.resolve(path)));
        for (String path : folders) {
            try (Stream<Path> below = Files.walk(folder.resolve(path))) {
                below.filter(Files::isRegularFile)
                    .forEach(p -> contents.put(folder.relativize(p).toString().replace('\\', '/'), p));
            } catch (IOException e) {
                throw new UncheckedIOException("Folder " + path + " of the page", e);
            }
        }
        contents.forEach((name, path) -> {
            if (!Files.isRegularFile(path)) {
                throw new IllegalStateException("The page's file " + name + " was not found.");
            } else if (!CONTENT_TYPES.contains(name.substring(name.lastIndexOf('.') + 1))) {
                throw new IllegalStateException("The page's file " + name + " has no content type.");
            }
        });
        return contents;
    }
}
