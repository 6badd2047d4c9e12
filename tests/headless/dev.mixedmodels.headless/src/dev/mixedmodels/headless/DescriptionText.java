package dev.mixedmodels.headless;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.node.DefaultNodeFactory;

import dev.mixedmodels.standin.definition.NodeDefinition;
import dev.mixedmodels.standin.definition.Port;
import dev.mixedmodels.standin.run.NodeDescription;
import dev.mixedmodels.standin.run.NodeDescription.Choice;
import dev.mixedmodels.standin.run.NodeDescription.Setting;
import dev.mixedmodels.standin.run.NodeInstance;

/** A node's description as plain text: what it does, its settings, its ports and their columns. */
final class DescriptionText {

    /** A table that suits the nodes' guesses, so that they tell the columns of their outputs. */
    private static final DataTableSpec SAMPLE = new DataTableSpec(
        new String[]{"group", "subject", "visit", "time", "estimate", "standard error", "response"},
        new DataType[]{StringCell.TYPE, StringCell.TYPE, StringCell.TYPE, IntCell.TYPE, DoubleCell.TYPE,
            DoubleCell.TYPE, DoubleCell.TYPE});

    private final StringBuilder text = new StringBuilder();

    private DescriptionText() {
    }

    static String of(final DefaultNodeFactory factory) {
        final DescriptionText result = new DescriptionText();
        result.node(NodeDescription.of(factory), outputSpecs(factory));
        return result.text.toString().stripTrailing();
    }

    private static PortObjectSpec[] outputSpecs(final DefaultNodeFactory factory) {
        final NodeInstance node = new NodeInstance(factory);
        final PortObjectSpec[] unknown = new PortObjectSpec[node.definition().outputs().size()];
        if (!node.definition().inputs().stream().allMatch(Port::isTable)) {
            return unknown; // told by the model only
        }
        try {
            final PortObjectSpec[] inputs = new PortObjectSpec[node.definition().inputs().size()];
            Arrays.fill(inputs, SAMPLE);
            return node.configure(inputs);
        } catch (InvalidSettingsException e) {
            return unknown; // told by the execution only
        }
    }

    private void node(final NodeDescription node, final PortObjectSpec[] outputSpecs) {
        final NodeDefinition definition = node.definition();
        line("%s (%s)", definition.texts().name(), node.id());
        wrapped("", "", definition.texts().shortDescription());
        line("");
        line("%s", XmlText.of(definition.texts().fullDescription()));
        line("");
        line("Settings");
        node.settings().forEach(this::setting);
        if (!node.viewSettings().isEmpty()) {
            line("");
            line("Settings of the view, for --view");
            node.viewSettings().forEach(this::setting);
        }
        line("");
        line("Inputs");
        ports(definition.inputs(), new PortObjectSpec[definition.inputs().size()]);
        line("");
        line("Outputs");
        ports(definition.outputs(), outputSpecs);
    }

    private void setting(final Setting setting) {
        line("");
        wrapped("  ", "      ", setting.key() + ": " + setting.type() + ", default " + setting.initial()
            + (setting.advanced() ? " (advanced)" : ""));
        if (!setting.title().isEmpty()) {
            wrapped("      ", "      ", setting.title() + ". " + XmlText.line(setting.description()));
        }
        for (Choice choice : setting.choices()) {
            wrapped("        ", "          ",
                choice.name() + ": " + choice.label() + ". " + XmlText.line(choice.description()));
        }
    }

    private void ports(final List<Port> ports, final PortObjectSpec[] specs) {
        for (int i = 0; i < ports.size(); i++) {
            line("");
            wrapped("  ", "     ", i + 1 + ". " + ports.get(i).name() + kind(ports.get(i)) + ": "
                + XmlText.line(ports.get(i).description()));
            if (specs[i] instanceof DataTableSpec columns) {
                for (DataColumnSpec column : columns) {
                    line("      %s: %s", column.getName(), column.getType().getName().toLowerCase(Locale.ROOT));
                }
            }
        }
    }

    private static String kind(final Port port) {
        final List<String> words = new ArrayList<>();
        if (!port.isTable()) {
            words.add(port.type().getName());
        }
        if (port.isOptional()) {
            words.add("optional");
        }
        if (port.most() > 1) {
            words.add(port.least() + " or more");
        }
        return words.isEmpty() ? "" : " (" + String.join(", ", words) + ")";
    }

    private void wrapped(final String first, final String others, final String line) {
        text.append(XmlText.wrap(line.strip(), first, others)).append('\n');
    }

    private void line(final String format, final Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}
