package dev.mixedmodels.knime.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knime.node.DefaultNodeFactory;

import dev.mixedmodels.knime.words.Dialogs;
import dev.mixedmodels.standin.run.NodeDescription;
import dev.mixedmodels.standin.run.NodeResult;
import dev.mixedmodels.standin.run.NodeRun;
import dev.mixedmodels.standin.run.TableBuilder;

/** What holds for every registered node. */
final class EveryNodeTest {

    @ParameterizedTest
    @MethodSource("dev.mixedmodels.knime.words.Dialogs#factories")
    void describesItselfAndEachOfItsSettings(final DefaultNodeFactory factory) {
        final NodeDescription description = NodeDescription.of(factory); // throws where a text is no XML
        assertFalse(description.settings().isEmpty());
        assertEquals(description.definition().view().isPresent(), !description.viewSettings().isEmpty());
        for (final NodeDescription.Setting setting : Stream
            .concat(description.settings().stream(), description.viewSettings().stream()).toList()) {
            assertFalse(setting.title().isBlank(), setting.key());
            assertFalse(setting.description().isBlank(), setting.key());
        }
    }

    /** Who reads one description knows which node to take. */
    @ParameterizedTest
    @MethodSource("dev.mixedmodels.knime.words.Dialogs#learners")
    void saysFirstWhichNodeAnswersWhichQuestion(final DefaultNodeFactory factory) throws Exception {
        final String description = NodeDescription.of(factory).definition().texts().fullDescription();
        final String first = description.substring(0, description.indexOf("</ul>"));
        assertTrue(first.strip().startsWith("<p>") && first.contains("paired t test"), first);
        Dialogs.learners().stream().map(node -> NodeDescription.of(node).definition().texts().name())
            .forEach(name -> assertTrue(first.contains("<b>" + name + "</b>"), name));
        assertTrue(description.contains("<h3>Words</h3>") && description.contains("<b>REML</b>"), description);
    }

    @ParameterizedTest
    @MethodSource("dev.mixedmodels.knime.words.Dialogs#learners")
    void refusesATableWithoutRowsByAMessage(final DefaultNodeFactory factory) {
        final NodeResult result = NodeRun.of(factory)
            .input(new TableBuilder().strings("name").doubles("number").build()).run();
        assertFalse(result.isOk());
        assertTrue(result.error().filter(e -> !e.isBlank()).isPresent());
    }
}
