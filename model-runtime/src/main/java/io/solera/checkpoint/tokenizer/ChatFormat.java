package io.solera.checkpoint.tokenizer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.solera.checkpoint.file.Json;
import io.solera.checkpoint.file.MalformedModelException;
import io.solera.checkpoint.file.ModelFiles;
import io.solera.problem.RequestException;
import io.solera.text.HubTokenizer;
import io.solera.text.Tokenizer;
import io.solera.text.chat.ChatTemplate;
import io.solera.text.chat.TemplateException;
import java.io.IOException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a model expects conversations to be written: its chat template, from {@code chat_template.jinja} or else
 * {@code chat_template} in {@code tokenizer_config.json}, with its special tokens under their names, as transformers
 * passes them.
 */
public final class ChatFormat {
    private static final String KEY = "chat_template";
    private static final List<String> TOKENS =
            List.of("bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token");

    private final ChatTemplate template;
    private final Map<String, Object> tokens;
    private final String place;
    private final @Nullable LocalDate date;

    /** The prompt, and the completion to be learned. */
    public record Answered(String prompt, String completion) {}

    private ChatFormat(ChatTemplate template, Map<String, Object> tokens, String place, @Nullable LocalDate date) {
        this.template = template;
        this.tokens = tokens;
        this.place = place;
        this.date = date;
    }

    /**
     * @param model its location, for messages
     * @param date for templates that write the date; null: not available
     * @throws IllegalArgumentException if the model has no chat template
     * @throws MalformedModelException if its chat template is not supported
     */
    public static ChatFormat of(Tokenizer tokenizer, String model, @Nullable LocalDate date) throws IOException {
        Map<String, String> files = tokenizer instanceof HubTokenizer hub ? hub.otherFiles() : Map.of();
        JsonObject config = json(files, ModelFiles.TOKENIZER_CONFIG, model);
        String file = model + "/"
                + (files.containsKey(ModelFiles.CHAT_TEMPLATE)
                        ? ModelFiles.CHAT_TEMPLATE
                        : ModelFiles.TOKENIZER_CONFIG);
        String source = files.containsKey(ModelFiles.CHAT_TEMPLATE)
                ? files.get(ModelFiles.CHAT_TEMPLATE)
                : source(config.get(KEY), file);
        if (source == null) {
            throw new RequestException(
                    ("Cannot write conversations for model %s: it has no chat template (use a model that has one, or "
                                    + "put one, as"
                                    + " %s, next to its tokenizer.json, which must know the special tokens that it "
                                    + "writes;"
                                    + " or write texts into columns and name them by prompt and completion)")
                            .formatted(model, ModelFiles.CHAT_TEMPLATE));
        }
        JsonObject others = json(files, ModelFiles.SPECIAL_TOKENS_MAP, model);
        Map<String, Object> tokens = new LinkedHashMap<>();
        for (String name : TOKENS) {
            token(config.has(name) ? config.get(name) : others.get(name)).ifPresent(text -> tokens.put(name, text));
        }
        try {
            return new ChatFormat(new ChatTemplate(source), tokens, file, date);
        } catch (TemplateException e) {
            throw new MalformedModelException("Cannot read chat template %s: %s".formatted(file, e.getMessage()));
        }
    }

    private static JsonObject json(Map<String, String> files, String name, String model) throws IOException {
        String text = files.get(name);
        return text == null ? new JsonObject() : Json.object(text, model + "/" + name);
    }

    /** The template's text, or that of the one named default in a list. */
    private static @Nullable String source(@Nullable JsonElement given, String file) throws IOException {
        if (given == null || given.isJsonNull()) {
            return null;
        }
        if (given instanceof JsonPrimitive text && text.isString()) {
            return text.getAsString();
        }
        if (given instanceof JsonArray list) {
            for (JsonElement one : list) {
                if (one instanceof JsonObject named
                        && named.get("name") instanceof JsonPrimitive name
                        && name.getAsString().equals("default")
                        && named.get("template") instanceof JsonPrimitive text
                        && text.isString()) {
                    return text.getAsString();
                }
            }
        }
        throw new MalformedModelException(
                ("Cannot read %s: %s is not a template (must be a text, or a list of {name, template} with one named "
                                + "default)")
                        .formatted(file, KEY));
    }

    private static Optional<String> token(@Nullable JsonElement given) {
        JsonElement name = given instanceof JsonObject described ? described.get("content") : given;
        return name instanceof JsonPrimitive text && text.isString()
                ? Optional.of(text.getAsString())
                : Optional.empty();
    }

    /** What a model reads before it answers. */
    public String prompt(Conversation asked, @Nullable List<Object> tools) {
        return text(asked, tools, true);
    }

    /**
     * A conversation that ends with the assistant.
     *
     * @param asked the part before the completion to be learned
     * @throws TemplateException if the text of the whole does not start with the text of that part
     */
    public Answered answered(Conversation asked, Conversation all, @Nullable List<Object> tools) {
        String prompt = text(asked, tools, true);
        String whole = text(all, tools, false);
        if (!whole.startsWith(prompt)) {
            int at = 0;
            while (at < Math.min(prompt.length(), whole.length()) && prompt.charAt(at) == whole.charAt(at)) {
                at++;
            }
            throw new TemplateException(
                    ("chat template %s writes the question differently once it is answered, so that prompt"
                                    + " and completion cannot be told apart: \"%s\" becomes \"%s\" from character %d"
                                    + " on (write texts into columns and name them by prompt and completion)")
                            .formatted(place, part(prompt, at), part(whole, at), at + 1));
        }
        return new Answered(prompt, whole.substring(prompt.length()));
    }

    private static String part(String text, int at) {
        return Json.shown(text.substring(at, Math.min(text.length(), at + 30)));
    }

    private String text(Conversation conversation, @Nullable List<Object> tools, boolean generation) {
        conversation.requireContents();
        Map<String, Object> values = new LinkedHashMap<>(tokens);
        values.put("messages", conversation.messages());
        values.put("tools", tools == null ? ChatTemplate.none() : tools);
        values.put("documents", ChatTemplate.none());
        values.put("add_generation_prompt", generation);
        try {
            return template.text(values, date, HubTokenizer.MAX_LENGTH);
        } catch (TemplateException e) {
            throw new TemplateException("chat template %s, %s".formatted(place, e.getMessage()));
        }
    }
}
