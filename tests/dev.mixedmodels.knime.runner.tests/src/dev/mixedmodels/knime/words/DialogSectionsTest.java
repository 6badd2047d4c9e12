package dev.mixedmodels.knime.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.knime.node.CsvTable;
import dev.mixedmodels.standin.dialog.DialogSection;
import dev.mixedmodels.standin.dialog.DialogState;
import dev.mixedmodels.standin.run.InputContext;
import dev.mixedmodels.standin.run.NodeDescription;
import dev.mixedmodels.standin.run.NodeDescription.Setting;
import dev.mixedmodels.standin.run.NodeInstance;
import dev.mixedmodels.standin.run.TableBuilder;
import dev.mixedmodels.standin.settings.ParameterTree;
import dev.mixedmodels.standin.settings.SettingsOverlay;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.DefaultNodeFactory;
import org.knime.node.parameters.NodeParameters;

/** The sections of every dialog: few fields at first, no heading without a field, no array without its title. */
class DialogSectionsTest {
    private static final int MOST_FIELDS = 8;
    private static final List<String> FILES = List.of("sleepstudy", "orthodont", "hetar1", "bodyweight", "pastes",
        "penicillin", "egsingle", "dyestuff", "eightschools", "bcg", "pumps", "rattumor");

    static List<DefaultNodeFactory> nodes() {
        return Dialogs.learners();
    }

    private static BufferedDataTable dates() {
        return new TableBuilder().strings("id", "a", "a", "b").dates("day", LocalDate.of(2024, 1, 1),
            LocalDate.of(2024, 1, 2), LocalDate.of(2024, 1, 1)).doubles("y", 1, 2, 3).build();
    }

    private static Map<String, InputContext> inputs() {
        final Map<String, InputContext> inputs = new LinkedHashMap<>();
        inputs.put("nothing", new InputContext(new DataTableSpec()));
        inputs.put("dates", new InputContext(dates()));
        for (final String file : FILES) {
            final BufferedDataTable table = CsvTable.typed(file);
            inputs.put(file + " not executed", new InputContext(table.getDataTableSpec()));
            inputs.put(file, new InputContext(table));
        }
        return inputs;
    }

    /** The settings of a new node and its dialog after some of them were changed. */
    private record Opened(NodeInstance node, InputContext input) {
        static Opened of(final DefaultNodeFactory factory, final InputContext input) throws InvalidSettingsException {
            final NodeInstance node = new NodeInstance(factory);
            node.guess(input);
            return new Opened(node, input);
        }

        DialogState with(final Map<String, Object> changes) throws InvalidSettingsException {
            final Class<? extends NodeParameters> type = node.parametersClass().orElseThrow();
            final Map<String, Object> settings = new LinkedHashMap<>(node.settings());
            for (final Map.Entry<String, Object> change : changes.entrySet()) {
                new SettingsOverlay(type, settings).set(change.getKey(), change.getValue());
            }
            return new DialogState(ParameterTree.load(type, settings),
                ParameterTree.instantiate(node.viewParametersClass().orElseThrow()), input);
        }

        DialogState dialog() throws InvalidSettingsException {
            return with(Map.of());
        }
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void aNewDialogShowsFewFields(final DefaultNodeFactory factory) throws InvalidSettingsException {
        for (final Map.Entry<String, InputContext> input : inputs().entrySet()) {
            final List<DialogSection> sections = Opened.of(factory, input.getValue()).dialog().sections(false);
            final List<String> fields = sections.stream().flatMap(section -> section.elements().stream())
                .filter(element -> !element.equals("formulaMessage")).toList();
            assertTrue(fields.size() <= MOST_FIELDS, () -> factory.getClass() + ", " + input.getKey() + ": " + fields);
            assertFalse(fields.isEmpty());
        }
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void theViewComesLast(final DefaultNodeFactory factory) throws InvalidSettingsException {
        final List<DialogSection> sections =
            Opened.of(factory, new InputContext(dates().getDataTableSpec())).dialog().sections(true);
        final DialogSection last = sections.get(sections.size() - 1);
        assertEquals("View", last.heading());
        assertEquals(NodeDescription.of(factory).viewSettings().stream().map(Setting::key).toList(), last.elements());
    }

    /** The values that each setting is tried with. */
    private static Map<String, List<Object>> values(final DefaultNodeFactory factory, final DialogState dialog) {
        final Map<String, List<Object>> values = new LinkedHashMap<>();
        for (final Setting setting : NodeDescription.of(factory).settings()) {
            if (!setting.key().contains("/")) {
                values.put(setting.key(), switch (setting.type()) {
                    case "choice" -> List.<Object>copyOf(
                        setting.choices().stream().map(NodeDescription.Choice::name).toList());
                    case "boolean" -> List.of(true, false);
                    case "int" -> List.of(0, 2);
                    case "column" -> Stream.concat(Stream.of(""), dialog.choices(setting.key()).stream().limit(2))
                        .<Object>map(text -> text).toList();
                    case "array of objects" -> List.of("[]", "[{}]", "[{},{}]");
                    default -> List.of();
                });
            }
        }
        return values;
    }

    /** Any two settings are tried together, for a section may depend on several. */
    @ParameterizedTest
    @MethodSource("nodes")
    void noHeadingStandsAlone(final DefaultNodeFactory factory) throws InvalidSettingsException {
        for (final InputContext input : List.of(new InputContext(dates().getDataTableSpec()),
            new InputContext(CsvTable.typed("hetar1").getDataTableSpec()))) {
            final Opened opened = Opened.of(factory, input);
            final Map<String, List<Object>> values = values(factory, opened.dialog());
            final List<String> keys = List.copyOf(values.keySet());
            for (int i = 0; i < keys.size(); i++) {
                for (int j = i; j < keys.size(); j++) {
                    for (final Object a : values.get(keys.get(i))) {
                        for (final Object b : i == j ? List.of(a) : values.get(keys.get(j))) {
                            check(opened,
                                i == j ? Map.of(keys.get(i), a) : Map.of(keys.get(i), a, keys.get(j), b));
                        }
                    }
                }
            }
        }
    }

    private static void check(final Opened opened, final Map<String, Object> changes) throws InvalidSettingsException {
        final DialogState dialog = opened.with(changes);
        for (final boolean advanced : new boolean[] {false, true}) {
            for (final DialogSection section : dialog.sections(advanced)) {
                assertFalse(section.elements().isEmpty(),
                    () -> section.heading() + " stands alone with " + changes + ", advanced " + advanced);
            }
        }
    }

    /** The platform does not show the title of an array. */
    @ParameterizedTest
    @MethodSource("nodes")
    void anArrayStandsAloneUnderItsTitle(final DefaultNodeFactory factory) throws InvalidSettingsException {
        final InputContext input = new InputContext(CsvTable.typed("hetar1"));
        final Map<String, String> arrays = new LinkedHashMap<>();
        NodeDescription.of(factory).settings().stream().filter(setting -> setting.type().equals("array of objects"))
            .forEach(setting -> arrays.put(setting.key(), setting.title()));
        final Set<String> found = new TreeSet<>();
        for (final DialogSection section : Opened.of(factory, input).dialog().sections(true)) {
            for (final String element : section.elements()) {
                if (arrays.containsKey(element)) {
                    found.add(element);
                    assertEquals(arrays.get(element), section.heading());
                }
            }
        }
        assertEquals(arrays.keySet(), found);
    }

    /** Of all columns of a table those with a type have an icon; None has none, and is what is chosen then. */
    @ParameterizedTest
    @MethodSource("nodes")
    void choicesOfColumnsHaveIconsAndNoneIsShown(final DefaultNodeFactory factory) throws InvalidSettingsException {
        final Opened opened = Opened.of(factory, new InputContext(dates()));
        final DialogState dialog = opened.dialog();
        final List<String> untyped = new ArrayList<>();
        for (final Setting setting : NodeDescription.of(factory).settings()) {
            if (setting.type().endsWith("column")) {
                final List<String> texts = dialog.typedTexts(setting.key().replace("[]", ""));
                texts.stream().filter(text -> text.startsWith("(")).forEach(untyped::add);
                assertEquals(texts.contains("(None)"),
                    dialog.choices(setting.key().replace("[]", "")).contains("<none>"));
                if (texts.contains("(None)")) {
                    assertEquals("(None)", texts.get(0));
                    assertEquals("<none>", opened.with(Map.of(setting.key(), "")).value(setting.key()));
                }
            }
        }
        untyped.removeIf("(None)"::equals);
        assertEquals(List.of(), untyped);
    }
}
