package dev.mixedmodels.headless;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;

class NodeRegistrationsTest {

    private static List<String> read(final String xml) throws IOException {
        return NodeRegistrations.factoryClasses(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void onlyNodesOfTheNodeRepositoryCount() throws IOException {
        assertEquals(List.of("a.First", "a.Second"), read("""
            <plugin>
              <extension point="org.knime.workbench.repository.categories"><category name="x"/></extension>
              <extension point="org.knime.workbench.repository.nodes">
                <node factory-class="a.First"/><node factory-class="a.Second"/>
              </extension>
              <extension point="other"><node factory-class="a.Third"/></extension>
            </plugin>"""));
    }

    @Test
    void aBrokenFileIsReported() {
        assertThrows(IOException.class, () -> read("<plugin>"));
    }
}
