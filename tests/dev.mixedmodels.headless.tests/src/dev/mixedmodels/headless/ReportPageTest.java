package dev.mixedmodels.headless;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.mixedmodels.standin.settings.Json;

class ReportPageTest {

    @Test
    void noNameCanEndTheScriptThatHoldsTheData() {
        final Map<String, Object> data = Map.of("name", "</script><!--<script>");
        final String text = ReportPage.inScript(Json.write(data));
        assertFalse(text.contains("<"), text);
        assertEquals(data, Json.parse(text));
    }
}
