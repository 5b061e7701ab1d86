package io.solera.checkpoint.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.solera.checkpoint.ModelFolder;
import io.solera.checkpoint.file.ClasspathFolder;
import io.solera.checkpoint.file.Folder;
import io.solera.checkpoint.file.Json;
import io.solera.checkpoint.file.MalformedModelException;
import io.solera.text.HubTokenizer;
import io.solera.text.SpecialTokens;
import io.solera.text.Tokenizer;
import io.solera.text.WordTokenizer;
import io.solera.text.chat.TemplateException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestChatFormat {
    private static final String LINES =
            "{{ bos_token }}{% for m in messages %}{{ m.role }}: {{ m.content }}{{ eos_token }}{% endfor %}{% if "
                    + "add_generation_prompt %}assistant: {% endif %}";
    private static final Conversation ASKED = Conversation.of("[{'role':'user','content':'2?'}]".replace('\'', '"'));
    private static final Conversation ANSWERED =
            ASKED.with(Conversation.of("[{'role':'assistant','content':'Yes'}]".replace('\'', '"')));

    private static Tokenizer tokenizer(Map<String, String> otherFiles) {
        return new HubTokenizer(
                "{}", new HubTokenizer.Opened("{}", 9), 3, new SpecialTokens(1, List.of(2), 0), otherFiles);
    }

    private static ChatFormat format(Map<String, String> otherFiles) throws IOException {
        return ChatFormat.of(tokenizer(otherFiles), "models/m", null);
    }

    private static ChatFormat format(String template) throws IOException {
        return format(Map.of("chat_template.jinja", template, "tokenizer_config.json", "{\"eos_token\": \"</s>\"}"));
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama2", "llama3", "unigram"})
    void conversationsHaveTheTokensOfTransformers(String name) throws IOException {
        Folder folder = new ClasspathFolder("io/solera/checkpoint/tokenizers/hub/" + name);
        JsonObject golden = Json.read(folder, "chat.json");
        HubTokenizer plain = (HubTokenizer) ModelFolder.tokenizer(folder);
        Map<String, String> otherFiles = new HashMap<>(plain.otherFiles());
        otherFiles.put("chat_template.jinja", golden.get("template").getAsString());
        ChatFormat format = ChatFormat.of(tokenizer(otherFiles), name, null);
        for (JsonElement one : golden.getAsJsonArray("cases")) {
            Conversation all =
                    Conversation.of(one.getAsJsonObject().get("messages").toString());
            ChatFormat.Answered answered = format.answered(all.asked(), all, null);
            assertThat(plain.encode(answered.prompt())).containsExactly(ids(one, "prompt"));
            assertThat(plain.encode(answered.prompt() + answered.completion())).containsExactly(ids(one, "whole"));
        }
    }

    private static int[] ids(JsonElement example, String key) {
        return StreamSupport.stream(
                        example.getAsJsonObject().getAsJsonArray(key).spliterator(), false)
                .mapToInt(JsonElement::getAsInt)
                .toArray();
    }

    @Test
    void theTemplateIsFoundWhereTransformersFindsIt() throws IOException {
        String config = quoted("{'bos_token': {'content': '<s>'}, 'eos_token': '</s>', 'chat_template': '%s'}");
        String expected = "<s>user: 2?</s>assistant: ";
        assertThat(format(Map.of("tokenizer_config.json", config.formatted(LINES)))
                        .prompt(ASKED, null))
                .isEqualTo(expected);
        String list = config.replace(
                "\"%s\"", quoted("[{'name': 'tool_use', 'template': 'x'}, {'name': 'default', 'template': '%s'}]"));
        assertThat(format(Map.of("tokenizer_config.json", list.formatted(LINES)))
                        .prompt(ASKED, null))
                .isEqualTo(expected);
        assertThat(format(Map.of("tokenizer_config.json", config.formatted("x"), "chat_template.jinja", LINES))
                        .prompt(ASKED, null))
                .isEqualTo(expected);
        assertThat(format(Map.of(
                                "chat_template.jinja",
                                LINES,
                                "special_tokens_map.json",
                                quoted("{'bos_token': '<b>', 'eos_token': '<e>'}")))
                        .prompt(ASKED, null))
                .isEqualTo("<b>user: 2?<e>assistant: ");
        assertThat(format(Map.of("chat_template.jinja", LINES)).prompt(ASKED, null))
                .isEqualTo("user: 2?assistant: ");
    }

    @Test
    void aModelWithoutATemplateIsRefusedWithTheWayOut() {
        String message =
                "Cannot write conversations for model models/m: it has no chat template (use a model that has one, or "
                        + "put one, as"
                        + " chat_template.jinja, next to its tokenizer.json, which must know the special tokens that "
                        + "it writes; or write texts"
                        + " into columns and name them by prompt and completion)";
        assertThatThrownBy(() -> format(Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> format(Map.of("tokenizer_config.json", "{\"chat_template\": null}")))
                .hasMessage(message);
        assertThatThrownBy(() -> ChatFormat.of(WordTokenizer.smiles(List.of("CCO")), "models/m", null))
                .hasMessage(message);
        assertThatThrownBy(() -> format(Map.of(
                        "tokenizer_config.json", quoted("{'chat_template': [{'name': 'rag', 'template': 'x'}]}"))))
                .isInstanceOf(MalformedModelException.class)
                .hasMessage(
                        "Cannot read models/m/tokenizer_config.json: chat_template is not a template (must be a text, "
                                + "or a list of"
                                + " {name, template} with one named default)");
        assertThatThrownBy(() -> format("a\n{% strange %}"))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageStartingWith(
                        "Cannot read chat template models/m/chat_template.jinja: line 2: block strange is not known");
    }

    @Test
    void theAnswerIsWhatFollowsThePrompt() throws IOException {
        assertThat(format(LINES).answered(ASKED, ANSWERED, null))
                .isEqualTo(new ChatFormat.Answered("user: 2?</s>assistant: ", "Yes</s>"));
        assertThatThrownBy(() -> format("{{ messages | length }}{% if add_generation_prompt %}a{% endif %}")
                        .answered(ASKED, ANSWERED, null))
                .isInstanceOf(TemplateException.class)
                .hasMessage("chat template models/m/chat_template.jinja writes the question differently once it is "
                        + "answered, so that prompt and completion cannot be told apart: \"1a\" becomes \"2\" from "
                        + "character 1 on (write texts into columns"
                        + " and name them by prompt and completion)");
        assertThatThrownBy(() -> format("{{ raise_exception('no') }}").prompt(ASKED, null))
                .hasMessage("chat template models/m/chat_template.jinja, line 1: the template refuses it: no");
    }

    @Test
    void toolsAreGivenToTheTemplate() throws IOException {
        ChatFormat format = format("{{ tools | tojson }}{{ tools is none }}");
        assertThat(format.prompt(ASKED, null)).isEqualTo("nullTrue");
        assertThat(format.prompt(ASKED, Conversation.list("[{\"b\": 1, \"a\": {\"x\": null}}]")))
                .isEqualTo("[{\"b\": 1, \"a\": {}}]False");
    }

    @Test
    void conversationsAreListsOfMessagesWithRoles() {
        assertThatThrownBy(() -> Conversation.of("hello"))
                .isInstanceOf(TemplateException.class)
                .hasMessage("it is not a JSON list of messages (hello)");
        assertThatThrownBy(() -> Conversation.of("{}")).hasMessage("it is not a JSON list of messages ({})");
        assertThatThrownBy(() -> Conversation.of("[], \"x\": []"))
                .hasMessageStartingWith("it is not a JSON list of messages");
        assertThatThrownBy(() -> Conversation.of("[")).hasMessage("it is not a JSON list of messages ([)");
        assertThatThrownBy(() -> Conversation.of("[".repeat(9999)))
                .hasMessageStartingWith("it is not a JSON list of messages ([[[");
        assertThatThrownBy(() -> Conversation.of("[]")).hasMessage("it has no messages");
        assertThatThrownBy(() -> Conversation.of("[null]"))
                .hasMessage("message 1 has no role (must be {\"role\": ..., \"content\": ...})");
        assertThatThrownBy(() ->
                        Conversation.of(quoted("[{'role': 'user', 'content': 'a'}, {'from': 'gpt', 'value': 'b'}]")))
                .hasMessage("message 2 has no role, but from, value (must be {\"role\": ..., \"content\": ...})");
    }

    @Test
    void theLastAnswerIsFoundAndNullIsNone() {
        Conversation all =
                Conversation.of(quoted("[{'role':'user','content':'a'},{'role':'assistant','content':null,'n':1.5},"
                        + "{'role':'user','content':'b'}]"));
        assertThat(all.answered().messages()).hasSize(2);
        assertThat(all.answered().says()).isFalse();
        assertThat(all.asked()).isEqualTo(all);
        assertThat(all.answered().asked().messages()).containsExactly(Map.of("role", "user", "content", "a"));
        assertThat(all.messages().get(1)).isEqualTo(Map.of("role", "assistant", "n", 1.5));
        assertThat(ASKED.answered().messages()).isEmpty();
        assertThat(ASKED.answered().says()).isFalse();
        assertThat(ANSWERED.says()).isTrue();
    }
}
