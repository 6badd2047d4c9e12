package dev.mixedmodels.headless.standin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.NoSuchElementException;

import org.junit.jupiter.api.Test;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.After;
import org.knime.node.parameters.layout.Before;
import org.knime.node.parameters.layout.Inside;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.layout.Section;
import org.knime.node.parameters.layout.VerticalLayout;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.updates.util.BooleanReference;
import org.knime.node.parameters.widget.message.TextMessage;

import dev.mixedmodels.headless.sample.SampleNodeFactory;
import dev.mixedmodels.standin.dialog.DialogSection;
import dev.mixedmodels.standin.dialog.DialogState;
import dev.mixedmodels.standin.run.InputContext;
import dev.mixedmodels.standin.run.NodeInstance;
import dev.mixedmodels.standin.settings.SettingsOverlay;

/** Which fields a dialog shows and what they offer. */
class DialogStateTest {

    private final InputContext input = new InputContext(new DataTableSpec(new String[]{"g", "n", "y"},
        new DataType[]{StringCell.TYPE, IntCell.TYPE, DoubleCell.TYPE}));

    private DialogState dialog(final String key, final String value) throws InvalidSettingsException {
        final NodeInstance node = new NodeInstance(new SampleNodeFactory());
        node.guess(input);
        new SettingsOverlay(node.parametersClass().orElseThrow(), node.settings()).set(key, value);
        return new DialogState(node.parameters(), input);
    }

    @Test
    void effectsShowAndHideFields() throws InvalidSettingsException {
        assertEquals(List.of("response", "behaviour", "level", "switch", "columns", "fitting/iterations"),
            dialog("switch", "false").shown());
        assertEquals(List.of("response", "behaviour", "level", "switch", "fitting/iterations"),
            dialog("switch", "true").shown());
        assertEquals(List.of("response", "behaviour", "switch", "columns", "fitting/iterations"),
            dialog("behaviour", "FAIL").shown());
    }

    @Test
    void fieldsOfferTheColumnsThatSuitThem() throws InvalidSettingsException {
        final DialogState dialog = dialog("switch", "false");
        assertEquals(List.of("n", "y"), dialog.choices("response"));
        assertEquals(List.of("g"), dialog.choices("columns"));
        assertEquals(List.of("g"), dialog.choices("referenceLevels/column"));
        assertThrows(NoSuchElementException.class, () -> dialog.choices("switch"));
    }

    /** A dialog whose parts come in another order than their fields. */
    static final class Parts implements NodeParameters {

        static final class SwitchRef implements BooleanReference {
        }

        static final class ItemRef implements BooleanReference {
        }

        static final class Item implements NodeParameters {
            @Widget(title = "On", description = "")
            @ValueReference(ItemRef.class)
            boolean on;

            @Widget(title = "Number", description = "")
            @Effect(predicate = ItemRef.class, type = EffectType.SHOW)
            int number;

            @Widget(title = "Rare", description = "")
            @Advanced
            int rare;
        }

        static final class Always implements TextMessage.SimpleTextMessageProvider {
            @Override
            public boolean showMessage(final NodeParametersInput context) {
                return true;
            }

            @Override
            public String title() {
                return "Hello";
            }

            @Override
            public String description() {
                return "there";
            }

            @Override
            public TextMessage.MessageType type() {
                return TextMessage.MessageType.INFO;
            }
        }

        interface Outer {
            @Section(title = "First")
            interface Zero {
            }

            @Section(title = "Second")
            @After(Zero.class)
            @Effect(predicate = SwitchRef.class, type = EffectType.SHOW)
            interface One {
            }

            @Section(title = "Third")
            @After(One.class)
            @Advanced
            interface Another {
            }

            @VerticalLayout
            @Inside(Zero.class)
            interface Inner {
            }
        }

        @Section(title = "Between")
        @After(Outer.Zero.class)
        @Before(Outer.One.class)
        interface Between {
        }

        @Widget(title = "A", description = "")
        @Layout(Outer.Another.class)
        int a;

        @Widget(title = "B", description = "")
        @Layout(Outer.One.class)
        int b;

        @Widget(title = "C", description = "")
        @Layout(Outer.Zero.class)
        @ValueReference(SwitchRef.class)
        boolean c;

        @Widget(title = "D", description = "")
        @Layout(Outer.Inner.class)
        @Advanced
        int d;

        @Widget(title = "Items", description = "")
        @Layout(Between.class)
        Item[] items = {new Item(), new Item()};

        @Widget(title = "E", description = "")
        int e;

        @TextMessage(Always.class)
        @Layout(Outer.One.class)
        Void message;
    }

    private List<String> sections(final Parts parts, final boolean advanced) {
        return new DialogState(parts, input).sections(advanced).stream()
            .map(section -> section.heading() + " " + section.elements()).toList();
    }

    @Test
    void sectionsComeInTheirOrderWithWhatTheyShow() {
        final Parts parts = new Parts();
        parts.items[1].on = true;
        assertEquals(List.of(" [e]", "First [c]", "Between [items, items[0]/on, items[1]/on, items[1]/number]"),
            sections(parts, false));
        parts.c = true;
        assertEquals(List.of(" [e]", "First [c, d]",
            "Between [items, items[0]/on, items[0]/rare, items[1]/on, items[1]/number, items[1]/rare]",
            "Second [b, message]", "Third [a]"), sections(parts, true));
        assertEquals(List.of("e", "c", "d", "items", "b", "a"), new DialogState(parts, input).shown());
    }

    @Test
    void aSectionWhoseFieldsAreAdvancedStandsAloneUnlessItIsSoItself() {
        final class Bare implements NodeParameters {
            @Section(title = "Alone")
            interface Alone {
            }

            @Widget(title = "A", description = "")
            @Layout(Alone.class)
            @Advanced
            int a;
        }
        assertEquals(List.of(new DialogSection("Alone", List.of())),
            new DialogState(new Bare(), input).sections(false));
    }

    interface Whole {
        interface Model {
        }

        @Section(title = "Of the view")
        @After(Model.class)
        interface AView {
        }
    }

    @Test
    void theViewsSettingsStandInTheSameDialogWhichHasOneRoot() {
        @Inside(Whole.Model.class)
        final class Model implements NodeParameters {
            @Section(title = "Of the model")
            interface Zero {
            }

            @Widget(title = "A", description = "")
            @Layout(Zero.class)
            int a;
        }
        final class View implements NodeParameters {
            @Widget(title = "B", description = "")
            @Layout(Whole.AView.class)
            int b;
        }
        assertEquals(
            List.of(new DialogSection("Of the model", List.of("a")), new DialogSection("Of the view", List.of("b"))),
            new DialogState(new Model(), new View(), input).sections(false));
        assertEquals(List.of("a"), new DialogState(new Model(), new View(), input).shown());
        final class Stranger implements NodeParameters {
            @Widget(title = "C", description = "")
            @Layout(Elsewhere.Part.class)
            int c;
        }
        final DialogState unrelated = new DialogState(new Model(), new Stranger(), input);
        assertThrows(IllegalStateException.class, () -> unrelated.sections(false));
    }
}

/** Parts that have nothing around them in common with those of the test. */
interface Elsewhere {
    @Section(title = "Elsewhere")
    interface Part {
    }
}
