package dev.mixedmodels.knime.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knime.node.DefaultNodeFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What plugin.xml registers exists: a wrong name there only shows as a node that is not in the repository. */
final class RegistrationTest {
    private static final ClassLoader BUNDLE = RegistrationTest.class.getClassLoader();

    @Test
    void categoryStandsBelowStatistics() throws Exception {
        final List<Element> categories = elements("category");
        assertEquals(1, categories.size());
        final Element category = categories.get(0);
        assertEquals("/analytics/statistics", category.getAttribute("path"));
        assertEquals("Mixed Models", category.getAttribute("name"));
        assertNotNull(BUNDLE.getResource(category.getAttribute("icon")), category.getAttribute("icon"));
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void nodeIsAPublicFactoryThatTheRepositoryCanMake(final String factory) throws Exception {
        final Class<?> type = BUNDLE.loadClass(factory);
        assertTrue(Modifier.isPublic(type.getModifiers()));
        assertInstanceOf(DefaultNodeFactory.class, type.getConstructor().newInstance());
    }

    @Test
    void portTypeNamesClassesWithPublicConstructors() throws Exception {
        final List<Element> types = elements("portType");
        assertEquals(1, types.size());
        assertEquals("Mixed model", types.get(0).getAttribute("name"));
        for (final String attribute : List.of("objectClass", "objectSerializer", "specClass", "specSerializer")) {
            final Class<?> type = BUNDLE.loadClass(types.get(0).getAttribute(attribute));
            assertTrue(Modifier.isPublic(type.getModifiers()), attribute);
            assertNotNull(type.getConstructor().newInstance(), attribute);
        }
    }

    @Test
    void everyNodeStandsInTheCategory() throws Exception {
        final List<Element> nodes = elements("node");
        assertFalse(nodes.isEmpty());
        for (final Element node : nodes) {
            assertEquals("/analytics/statistics/mixedmodels", node.getAttribute("category-path"),
                node.getAttribute("factory-class"));
        }
    }

    private static Stream<String> nodes() throws Exception {
        return elements("node").stream().map(n -> n.getAttribute("factory-class"));
    }

    private static List<Element> elements(final String tag) throws Exception {
        try (InputStream in = BUNDLE.getResourceAsStream("plugin.xml")) {
            final Document xml = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
            final var found = xml.getElementsByTagName(tag);
            return Stream.iterate(0, i -> i < found.getLength(), i -> i + 1).map(i -> (Element)found.item(i)).toList();
        }
    }
}
