package dev.mixedmodels.workflows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.mixedmodels.workflows.WorkflowDescription.Node;
import dev.mixedmodels.workflows.WorkflowDescription.Stage;

/**
 * Where things stand in the editor: the workflow's text on top, below it the stages from left to right, each a frame
 * with its text and, under that, its nodes, chains of them in a row.
 */
final class Canvas {

    private static final int MARGIN = 40;

    private static final int STAGE_WIDTH = 360;

    private static final int NODE_HEIGHT = 140;

    private static final int NODE_SIZE = 32;

    private static final int LINE_HEIGHT = 20;

    private static final double CHARACTER_WIDTH = 7;

    private static final int TITLE_COLOUR = 0x9b5fc0;

    private static final int STAGE_COLOUR = 0xd4d4d4;

    private final List<Map<String, Object>> annotations = new ArrayList<>();

    private final List<int[]> nodes = new ArrayList<>();

    Canvas(final WorkflowDescription workflow) {
        final List<Stage> stages = workflow.stages();
        final int width = stages.size() * (STAGE_WIDTH + MARGIN) - MARGIN;
        final String head = html("h2", workflow.title(), workflow.text()) + "<p><a href=\""
            + escape(workflow.link().address()) + "\">" + escape(workflow.link().title()) + "</a></p>";
        final int headHeight = height(workflow.text() + "\n\nlink", width) + 2 * LINE_HEIGHT;
        annotations.add(annotation(head, MARGIN, MARGIN, width, headHeight, TITLE_COLOUR));
        final int top = 2 * MARGIN + headHeight;
        final int textHeight = stages.stream().mapToInt(stage -> height(stage.text(), STAGE_WIDTH)).max().orElse(0);
        final List<List<int[]>> cells = stages.stream().map(Canvas::cells).toList();
        final int rows = 1 + cells.stream().flatMap(List::stream).mapToInt(cell -> cell[1]).max().orElse(0);
        for (int i = 0; i < stages.size(); i++) {
            final int left = MARGIN + i * (STAGE_WIDTH + MARGIN);
            annotations.add(annotation(html("h4", stages.get(i).title(), stages.get(i).text()), left, top, STAGE_WIDTH,
                textHeight + rows * NODE_HEIGHT + MARGIN, STAGE_COLOUR));
            final int columns = 1 + cells.get(i).stream().mapToInt(cell -> cell[0]).max().orElse(0);
            for (int[] cell : cells.get(i)) {
                nodes.add(new int[] {left + STAGE_WIDTH * (2 * cell[0] + 1) / (2 * columns) - NODE_SIZE / 2,
                    top + textHeight + MARGIN + cell[1] * NODE_HEIGHT, -1, -1});
            }
        }
    }

    /** Column and row of each node of a stage: to the right of its source in this stage, or else below all others. */
    private static List<int[]> cells(final Stage stage) {
        final List<String> names = stage.nodes().stream().map(Node::name).toList();
        final List<int[]> cells = new ArrayList<>();
        int rows = 0;
        for (Node node : stage.nodes()) {
            final int source = node.sources().isEmpty() ? -1 : names.indexOf(node.sources().get(0).node());
            cells.add(source < 0 ? new int[] {0, rows++} : new int[] {cells.get(source)[0] + 1, cells.get(source)[1]});
        }
        return cells;
    }

    /** The annotations as workflow.knime has them. */
    List<Map<String, Object>> annotations() {
        return annotations;
    }

    /** x, y, width and height of a node; -1: the platform's own size. @param index from 0 */
    int[] bounds(final int index) {
        return nodes.get(index);
    }

    /** The line under a node, as its settings.xml has it. */
    static Map<String, Object> comment(final String text) {
        final Map<String, Object> comment = annotation(text, 0, 0, 0, 0, 0xffffff);
        comment.put("contentType", "text/plain");
        comment.put("alignment", "CENTER");
        comment.put("borderSize", 0);
        return comment;
    }

    private static Map<String, Object> annotation(final String text, final int x, final int y, final int width,
        final int height, final int borderColour) {
        final Map<String, Object> annotation = new LinkedHashMap<>();
        annotation.put("text", text);
        annotation.put("contentType", "text/html");
        annotation.put("bgcolor", 0xffffff);
        annotation.put("x-coordinate", x);
        annotation.put("y-coordinate", y);
        annotation.put("width", width);
        annotation.put("height", height);
        annotation.put("alignment", "LEFT");
        annotation.put("borderSize", 4);
        annotation.put("borderColor", borderColour);
        annotation.put("defFontSize", -1);
        annotation.put("annotation-version", 20230412);
        annotation.put("styles", Map.of());
        return annotation;
    }

    private static String html(final String heading, final String title, final String text) {
        final StringBuilder html = new StringBuilder();
        html.append('<').append(heading).append('>').append(escape(title)).append("</").append(heading).append('>');
        for (String paragraph : text.split("\n\n")) {
            html.append("<p>").append(escape(paragraph)).append("</p>");
        }
        return html.toString();
    }

    private static int height(final String text, final int width) {
        int lines = 2; // title and margins
        for (String paragraph : text.split("\n\n")) {
            lines += 1 + (int)Math.ceil(paragraph.length() * CHARACTER_WIDTH / (width - MARGIN));
        }
        return lines * LINE_HEIGHT;
    }

    private static String escape(final String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
