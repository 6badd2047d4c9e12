package dev.mixedmodels.workflows;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs folders into archives, the same bytes for the same files: entries sorted, without their own times.
 *
 * <p>usage: java Archive.java TARGET ENDING FOLDER...; writes TARGET/NAME.ENDING for every folder NAME in each FOLDER,
 * with one top folder NAME, as the platform imports workflows</p>
 */
public final class Archive {

    private static final LocalDateTime TIME = LocalDateTime.of(2026, 1, 1, 0, 0);

    private Archive() {
    }

    public static void main(final String... arguments) throws IOException {
        final Path target = Files.createDirectories(Path.of(arguments[0]));
        for (String set : List.of(arguments).subList(2, arguments.length)) {
            try (Stream<Path> folders = Files.list(Path.of(set))) {
                for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
                    pack(folder, target.resolve(folder.getFileName() + "." + arguments[1]));
                }
            }
        }
    }

    private static void pack(final Path folder, final Path archive) throws IOException {
        try (OutputStream out = Files.newOutputStream(archive); ZipOutputStream zip = new ZipOutputStream(out);
             Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                final ZipEntry entry =
                    new ZipEntry(folder.getFileName() + "/" + folder.relativize(file).toString().replace('\\', '/'));
                entry.setTimeLocal(TIME);
                zip.putNextEntry(entry);
                Files.copy(file, zip);
            }
        }
    }
}
