package io.solera.text.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.solera.checkpoint.Conversation;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestChatTemplate {
    /** Of the golden file. */
    private static final LocalDate DATE = LocalDate.of(2026, 11, 30);

    private static String text(String template, Map<String, Object> values) {
        return new ChatTemplate(template).text(values, null, 1 << 20);
    }

    private static String text(String template) {
        return text(template, Map.of());
    }

    private static Map<String, Object> values(JsonObject conversation, boolean generation) {
        Map<String, Object> values = new HashMap<>(Map.of("bos_token", "<s>", "eos_token", "</s>", "pad_token", "<pad>"));
        values.put("messages", Conversation.of(conversation.get("messages").toString()).messages());
        JsonElement tools = conversation.get("tools");
        values.put("tools", tools.isJsonNull() ? ChatTemplate.none() : Conversation.list(tools.toString()));
        values.put("documents", ChatTemplate.none());
        values.put("add_generation_prompt", generation);
        return values;
    }

    /** Differences from the texts that {@code docs/reference/chat.py} wrote. */
    private static List<String> differences(Reader golden) {
        JsonObject all = JsonParser.parseReader(golden).getAsJsonObject();
        List<String> differences = new ArrayList<>();
        int count = 0;
        for (JsonElement each : all.getAsJsonArray("templates")) {
            JsonObject template = each.getAsJsonObject();
            String name = template.get("name").getAsString();
            ChatTemplate read;
            try {
                read = new ChatTemplate(template.get("template").getAsString());
            } catch (TemplateException e) {
                differences.add("%s: %s".formatted(name, e.getMessage()));
                continue;
            }
            for (JsonElement one : template.getAsJsonArray("cases")) {
                JsonObject example = one.getAsJsonObject();
                String conversation = example.get("conversation").getAsString();
                boolean generation = example.get("generation").getAsBoolean();
                String expected = example.get("text").isJsonNull() ? "refused" : example.get("text").getAsString();
                String here;
                String why = "";
                try {
                    here = read.text(
                            values(all.getAsJsonObject("conversations").getAsJsonObject(conversation), generation), DATE, 1 << 20);
                } catch (TemplateException e) {
                    here = "refused";
                    why = " (" + e.getMessage() + ")";
                }
                count++;
                if (!here.equals(expected)) {
                    differences.add("%s, %s: %s%s, but transformers: %s".formatted(name, conversation, here, why, expected));
                }
            }
        }
        assertThat(count).isPositive();
        return differences;
    }

    @Test
    void writesWhatTransformersWritesAndRefusesWhatItRefuses() throws IOException {
        try (Reader golden = new InputStreamReader(
                TestChatTemplate.class.getResourceAsStream("golden.json"), StandardCharsets.UTF_8)) {
            assertThat(differences(golden)).isEmpty();
        }
    }
}
