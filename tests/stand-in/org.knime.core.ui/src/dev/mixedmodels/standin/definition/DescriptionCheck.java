package dev.mixedmodels.standin.definition;

import java.io.IOException;
import java.io.StringReader;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Holds a node's texts to what the platform demands of them. */
public final class DescriptionCheck {

    private DescriptionCheck() {
    }

    /** @throws IllegalStateException when a fragment is not well-formed XML, two groups of ports an id, or a page is missing */
    public static void check(final NodeDefinition definition) {
        checkFragment("description", definition.texts().fullDescription());
        final Set<String> names = new HashSet<>();
        Stream.concat(definition.inputs().stream(), definition.outputs().stream()).forEach(port -> {
            checkFragment("description of port \"" + port.name() + "\"", port.description());
            if (!names.add(port.group())) {
                throw new IllegalStateException("A port group with the given name already exists: " + port.group());
            }
        });
        definition.view().ifPresent(view -> {
            checkFragment("description of the view", view.description());
            view.page().folder().ifPresent(view.page()::contents);
        });
        definition.links().values().forEach(text -> checkFragment("description of a link", text));
    }

    /** @throws IllegalStateException when the text is not a well-formed XML fragment */
    public static void checkFragment(final String what, final String xml) {
        try {
            final DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler()); // throws at fatal errors and prints nothing
            builder.parse(new InputSource(new StringReader("<fragment>" + xml + "</fragment>")));
        } catch (SAXException e) {
            throw new IllegalStateException("The " + what + " is not well-formed XML: " + e.getMessage(), e);
        } catch (ParserConfigurationException | IOException e) {
            throw new IllegalStateException("The " + what + " cannot be parsed.", e);
        }
    }
}
