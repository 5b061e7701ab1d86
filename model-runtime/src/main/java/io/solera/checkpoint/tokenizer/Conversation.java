package io.solera.checkpoint.tokenizer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.solera.checkpoint.file.Json;
import io.solera.checkpoint.file.MalformedModelException;
import io.solera.text.chat.ChatTemplate;
import io.solera.text.chat.TemplateException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Messages, one after the other, each with its {@code role} and {@code content} and whatever else a chat template
 * reads. Fields that
 * are null are left out, as TRL does.
 */
public record Conversation(List<Map<String, Object>> messages) {
    /** Names of what a model thinks before it answers; templates read the first two. */
    private static final List<String> REASONING = List.of("reasoning_content", "thinking", "reasoning");

    private static final List<String> SAYING = List.of("content", "tool_calls", "reasoning_content");
    private static final String ASSISTANT = "assistant";

    public Conversation {
        messages = List.copyOf(messages);
    }

    /**
     * @param json a list of messages
     * @throws TemplateException where it is none, naming the message
     */
    public static Conversation of(String json) {
        List<Map<String, Object>> messages = new ArrayList<>();
        for (Object message : list(json)) {
            if (!(message instanceof Map<?, ?> fields)
                    || !(fields.get("role") instanceof String role)
                    || role.isBlank()) {
                throw new TemplateException("message %d has no role%s (must be {\"role\": ..., \"content\": ...})"
                        .formatted(
                                messages.size() + 1,
                                message instanceof Map<?, ?> other && !other.isEmpty()
                                        ? ", but " + Json.shown(String.join(", ", names(other)))
                                        : ""));
            }
            messages.add(reasoned(fields));
        }
        if (messages.isEmpty()) {
            throw new TemplateException("it has no messages");
        }
        return new Conversation(messages);
    }

    /**
     * A JSON list as the values of a template.
     *
     * @throws TemplateException where it is none
     */
    public static List<Object> list(String json) {
        try {
            JsonObject around = Json.object("{\"list\": %s}".formatted(json), "it", "a conversation");
            if (around.size() == 1 && around.get("list") instanceof JsonArray array) {
                return array(array);
            }
        } catch (MalformedModelException e) {
            // said below
        }
        throw new TemplateException("it is no JSON list of messages (%s)".formatted(Json.shown(json)));
    }

    private static List<String> names(Map<?, ?> fields) {
        return fields.keySet().stream().map(String::valueOf).toList();
    }

    /** As transformers names it, whatever a table calls it. */
    private static Map<String, Object> reasoned(Map<?, ?> fields) {
        Map<String, Object> message = new LinkedHashMap<>();
        Object thought = REASONING.stream()
                .filter(fields::containsKey)
                .findFirst()
                .<Object>map(fields::get)
                .orElse("");
        if (!thought.equals("")) {
            message.put("thinking", thought);
        }
        fields.forEach((name, value) -> message.put(String.valueOf(name), value));
        if (!thought.equals("")) {
            message.put("reasoning_content", thought);
        }
        return message;
    }

    private static List<Object> array(JsonArray array) {
        List<Object> list = new ArrayList<>();
        array.forEach(entry -> list.add(value(entry)));
        return list;
    }

    private static Object value(JsonElement json) {
        if (json instanceof JsonArray array) {
            return array(array);
        }
        if (json instanceof JsonObject object) {
            Map<String, Object> map = new LinkedHashMap<>();
            object.entrySet().forEach(field -> {
                if (!field.getValue().isJsonNull()) {
                    map.put(field.getKey(), value(field.getValue()));
                }
            });
            return map;
        }
        if (!(json instanceof JsonPrimitive value)) {
            return ChatTemplate.none();
        }
        if (value.isString()) {
            return value.getAsString();
        }
        if (value.isBoolean()) {
            return value.getAsBoolean();
        }
        return value.getAsString().matches("-?\\d{1,18}") ? (Object) value.getAsLong() : (Object) value.getAsDouble();
    }

    /** Up to the last message of the assistant, and with it; empty where the assistant says nothing. */
    public Conversation answered() {
        int last = messages.size();
        while (last > 0 && !isAssistant(last - 1)) {
            last--;
        }
        return new Conversation(messages.subList(0, last));
    }

    /** Without the last message, where it is the assistant's: what is to be answered. */
    public Conversation asked() {
        int size = messages.size();
        return size > 0 && isAssistant(size - 1) ? new Conversation(messages.subList(0, size - 1)) : this;
    }

    /** Whether the last message says or calls something. */
    public boolean says() {
        if (messages.isEmpty()) {
            return false;
        }
        Map<String, Object> last = messages.get(messages.size() - 1);
        return last.containsKey("content") || last.containsKey("tool_calls");
    }

    /** This one and another after it. */
    public Conversation with(Conversation next) {
        List<Map<String, Object>> both = new ArrayList<>(messages);
        both.addAll(next.messages);
        return new Conversation(both);
    }

    /** @throws TemplateException where a message says, calls and thinks nothing: transformers would write None */
    void requireContents() {
        for (int k = 0; k < messages.size(); k++) {
            Map<String, Object> message = messages.get(k);
            if (SAYING.stream().noneMatch(message::containsKey)) {
                throw new TemplateException("message %d has no content (role %s; must be a text)"
                        .formatted(k + 1, Json.shown(String.valueOf(message.get("role")))));
            }
        }
    }

    private boolean isAssistant(int place) {
        return ASSISTANT.equals(messages.get(place).get("role"));
    }
}
