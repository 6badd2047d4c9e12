package dev.mixedmodels.workflows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a workflow is made from, a text file:
 *
 * <pre>
 * # Title of the workflow
 * link: https://doi.org/... Where to read on
 * What it teaches: paragraphs, separated by empty lines.
 *
 * ## Title of a stage
 * What happens there.
 *
 * [Name of a node] Type of the node &lt; Source, Other source:Port
 *     setting = value
 *     What the node does here, the line under it.
 * </pre>
 *
 * A source without a port means its first one. Settings: those of our nodes have their keys and are written as on the
 * command line of run-node; for the platform's nodes see {@link StandardNode}. Beside them may stand "reference" and
 * "holds", see {@link Node}.
 *
 * @param name the file's name without ".txt", which becomes the folder's
 * @param link address and title of something to read
 */
public record WorkflowDescription(String name, String title, Link link, String text, List<Stage> stages) {

    private static final Pattern NODE = Pattern.compile("\\[(.+?)\\] ([^<]+?)( < (.+))?");

    private static final Pattern SETTING = Pattern.compile("\\s+(\\w+) = ?(.*)");

    /** Something to read. */
    public record Link(String address, String title) {
    }

    /** Nodes that do one thing together. */
    public record Stage(String title, String text, List<Node> nodes) {
    }

    /**
     * A node.
     *
     * @param name by which others name it
     * @param type the node's name on the platform
     * @param comment the line under it
     * @param reference what the tests compare it with, a file of tests/reference without ".json"; empty for nothing
     * @param holds of a CSV Reader in a regression workflow: the output whose values its file holds; empty for none
     */
    public record Node(String name, String type, List<Source> sources, Map<String, String> settings, String comment,
        String reference, Optional<Source> holds) {
    }

    /** @param port name of an output port, empty for the first */
    public record Source(String node, String port) {
    }

    /** All nodes in order. The first has the id 1 in the workflow, the next 2 ... */
    public List<Node> nodes() {
        return stages.stream().flatMap(stage -> stage.nodes().stream()).toList();
    }

    /** The id of a node in the workflow. @throws IllegalArgumentException for an unknown name */
    public int id(final String node) {
        final int index = nodes().stream().map(Node::name).toList().indexOf(node);
        if (index < 0) {
            throw new IllegalArgumentException("There is no node [" + node + "] in " + name + ".");
        }
        return index + 1;
    }

    /** All descriptions of a folder, by name. */
    public static List<WorkflowDescription> all(final Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            final List<WorkflowDescription> all = new ArrayList<>();
            for (Path file : files.filter(f -> f.toString().endsWith(".txt")).sorted().toList()) {
                all.add(parse(file.getFileName().toString().replaceFirst("\\.txt$", ""), Files.readAllLines(file)));
            }
            return all;
        }
    }

    static WorkflowDescription parse(final String name, final List<String> lines) {
        final List<Stage> stages = new ArrayList<>();
        final List<String> titles = new ArrayList<>();
        final List<StringBuilder> texts = new ArrayList<>();
        Link link = null;
        for (int i = 0; i < lines.size(); i++) {
            final String line = lines.get(i);
            final Matcher node = NODE.matcher(line);
            if (line.startsWith("#")) {
                titles.add(line.replaceFirst("^#+ ", ""));
                texts.add(new StringBuilder());
                if (line.startsWith("## ")) {
                    stages.add(new Stage("", "", new ArrayList<>()));
                }
            } else if (line.startsWith("link: ")) {
                final String[] parts = line.split(" ", 3);
                link = new Link(parts[1], parts[2]);
            } else if (node.matches()) {
                final int from = i + 1;
                while (i + 1 < lines.size() && lines.get(i + 1).startsWith(" ")) {
                    i++;
                }
                stages.get(stages.size() - 1).nodes().add(node(node, lines.subList(from, i + 1)));
            } else {
                texts.get(texts.size() - 1).append(line).append('\n');
            }
        }
        if (link == null || titles.size() != stages.size() + 1) {
            throw new IllegalArgumentException(name + " needs a title, a link and stages.");
        }
        final List<Stage> complete = new ArrayList<>();
        for (int i = 0; i < stages.size(); i++) {
            complete.add(new Stage(titles.get(i + 1), paragraphs(texts.get(i + 1)), stages.get(i).nodes()));
        }
        return new WorkflowDescription(name, titles.get(0), link, paragraphs(texts.get(0)), complete);
    }

    /** Each paragraph on one line, an empty line between them. */
    private static String paragraphs(final CharSequence lines) {
        return lines.toString().strip().replaceAll("(?<!\n)\n(?!\n)", " ");
    }

    private static Node node(final Matcher head, final List<String> lines) {
        final List<Source> sources = new ArrayList<>();
        for (String source : head.group(4) == null ? new String[0] : head.group(4).split(", ")) {
            sources.add(source(source));
        }
        final Map<String, String> settings = new LinkedHashMap<>();
        final List<String> comment = new ArrayList<>();
        for (String line : lines) {
            final Matcher setting = SETTING.matcher(line);
            if (setting.matches()) {
                settings.put(setting.group(1), setting.group(2));
            } else {
                comment.add(line.strip());
            }
        }
        final String reference = Objects.requireNonNullElse(settings.remove("reference"), "");
        final Optional<Source> holds =
            Optional.ofNullable(settings.remove("holds")).map(WorkflowDescription::source);
        return new Node(head.group(1), head.group(2), sources, settings, String.join(" ", comment), reference, holds);
    }

    private static Source source(final String text) {
        final int colon = text.indexOf(':');
        return colon < 0 ? new Source(text, "") : new Source(text.substring(0, colon), text.substring(colon + 1));
    }
}
