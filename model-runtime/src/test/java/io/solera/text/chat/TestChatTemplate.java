package io.solera.text.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.solera.checkpoint.tokenizer.Conversation;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        Map<String, Object> values =
                new HashMap<>(Map.of("bos_token", "<s>", "eos_token", "</s>", "pad_token", "<pad>"));
        values.put(
                "messages",
                Conversation.of(conversation.get("messages").toString()).messages());
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
                String expected = example.get("text").isJsonNull()
                        ? "refused"
                        : example.get("text").getAsString();
                String here;
                String why = "";
                try {
                    here = read.text(
                            values(all.getAsJsonObject("conversations").getAsJsonObject(conversation), generation),
                            DATE,
                            1 << 20);
                } catch (TemplateException e) {
                    here = "refused";
                    why = " (" + e.getMessage() + ")";
                }
                count++;
                if (!here.equals(expected)) {
                    differences.add(
                            "%s, %s: %s%s, but transformers: %s".formatted(name, conversation, here, why, expected));
                }
            }
        }
        assertThat(count).isPositive();
        return differences;
    }

    @Test
    void writesWhatTransformersWritesAndRefusesWhatItRefuses() throws IOException {
        try (Reader golden = new InputStreamReader(
                Objects.requireNonNull(TestChatTemplate.class.getResourceAsStream("golden.json")),
                StandardCharsets.UTF_8)) {
            assertThat(differences(golden)).isEmpty();
        }
    }

    private static void refuses(String template, String why) {
        assertThatThrownBy(() -> text(template))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining(why);
    }

    @Test
    void worksAsInTheseExamples() {
        assertThat(text(
                        "{% for m in ms %}{{ loop.index }}{{ m.role | upper }}{% if not loop.last %}, {%"
                                + " endif %}{% endfor %}",
                        Map.of("ms", List.of(Map.of("role", "user"), Map.of("role", "tool")))))
                .isEqualTo("1USER, 2TOOL");
        assertThat(text("a  \n  {%- if 1 %} b {% endif -%}  \n c\n")).isEqualTo("a b c");
        assertThat(text("a\n  {% if 1 %}\n  b\n  {% endif %}\n")).isEqualTo("a\n  b\n");
        assertThat(text("{{ 'x' ~ 1.5 ~ [none, 'y'] }}{# not this #}")).isEqualTo("x1.5[None, 'y']");
        assertThat(text("{% set ns = namespace(n=0) %}{% for k in range(4) %}{% set ns.n = ns.n + k"
                        + " %}{% endfor %}{{ ns.n }}"))
                .isEqualTo("6");
    }

    @Test
    void whatAnEndlessTemplateTakesIsBounded() {
        refuses("{{ range(10**9) }}", "* is not expected here");
        refuses("{{ range(1000000000) }}", "line 1: a range has 1000000000 entries (must be at most 100000)");
        refuses(
                "{% for a in range(999) %}{% for b in range(999) %}{% for c in range(999) %}{% endfor %}{%"
                        + " endfor %}{% endfor %}",
                "the template takes more than 1000000 steps for a conversation");
        refuses("{{ 'x' * 1000000000 }}", "the template makes more than 33554432 characters");
        refuses("{{ 'x' * 9000000000000000000 }}", "the template makes more than 33554432 characters");
        refuses("{{ 'x' * 2000000 }}", "the template writes more than 1048576 characters");
        refuses(
                "{% set ns = namespace(t='xx') %}{% for k in range(99) %}{% set ns.t = ns.t + ns.t %}{% endfor %}",
                "makes more than");
        refuses(
                "{% set ns = namespace(t=['x']) %}{% for k in range(99) %}{% set ns.t = ns.t + ns.t %}{% endfor %}",
                "makes more than");
        refuses(
                "{% set ns = namespace(t=[]) %}{% for k in range(99) %}{% set ns.t = [ns.t, ns.t] %}{% endfor"
                        + " %}{{ ns.t | tojson }}",
                "the template makes more than 33554432 characters");
        refuses(
                "{% set ns = namespace(t=[]) %}{% for k in range(9999) %}{% set ns.t = [ns.t] %}{% endfor %}{{ ns.t }}",
                "more than 300 levels of calls and expressions");
        refuses(
                "{% set ns = namespace(t=[]) %}{% for k in range(9999) %}{% set ns.t = [ns.t] %}{% endfor"
                        + " %}{{ ns.t == [ns.t] }}",
                "more than 300 levels");
        refuses(
                "{% macro f(x) %}{{ f(x) }}{% endmacro %}\n{{ f(1) }}",
                "more than 300 levels of calls and expressions");
        refuses("{% macro f(x) %}{{ f(x) }}{{ f(x) }}{% endmacro %}{{ f(1) }}", "more than 300 levels");
        refuses("{{ " + "1 + ".repeat(5000) + "1 }}", "more than 300 levels of calls and expressions");
        refuses(
                "{{ " + "(".repeat(5000) + "1" + ")".repeat(5000) + " }}",
                "more than 60 levels of brackets and blocks");
        refuses("{{ " + "not ".repeat(5000) + "1 }}", "more than 60 levels");
        refuses("{{ " + "-".repeat(5000) + "1 }}", "more than 60 levels");
        refuses("{{ x" + "[0".repeat(5000) + "]".repeat(5000) + " }}", "more than 60 levels");
        refuses("{{ x" + ".a".repeat(5000) + " }}", "more than 300 levels");
        refuses("{{ x" + " | trim".repeat(5000) + " }}", "more than 300 levels");
        refuses("{% if 1 %}".repeat(5000), "more than 60 levels of brackets and blocks");
        refuses("x".repeat(300000), "it has 300000 characters (must be at most 262144)");
        refuses(
                "{% set a = 'a' * 500000 %}{% set b = 'a' * 250000 + 'b' %}{{ b in a }}",
                "compares more than 2147483648 characters");
        refuses(
                "{% set a = 'a' * 500000 %}{% for k in range(9999) %}{{ a.replace('b', 'c') | length }}{% endfor %}",
                "makes more than");
        refuses("{{ 9223372036854775807 + 1 }}", "a number is too large");
        refuses("{{ 99999999999999999999 }}", "the number 99999999999999999999 is too large");
        refuses("{{ 1 // 0 }}", "a number is divided by 0");
        refuses("{{ [1] | tojson(indent='" + " ".repeat(9999) + "') * 9999 }}", "makes more than");
    }

    @Test
    void noWayLeadsOutOfATemplate() {
        refuses("{{ ''.__class__ }}", "line 1: __class__ is not read (names that begin with __ are Python's own)");
        refuses("{{ ''['__class__'] }}", "__class__ is not read");
        refuses(
                "{{ messages | map(attribute='__class__') | list }}{{ ['a'] | map(attribute='__init__') | list }}",
                "__init__ is not read");
        refuses("{{ ''.getClass() }}", "function getClass is not known");
        refuses("{{ ''.format(1) }}", "function format is not known");
        refuses("{{ open('/etc/passwd') }}", "function open is not known");
        refuses("{{ lipsum.__globals__ }}", "lipsum, which is not defined has no __globals__");
        refuses("{{ self._TemplateReference__context }}", "self, which is not defined has no");
        refuses(
                "{% include 'x' %}",
                "block include is not known (known are if, for, set, macro, generation, break, continue)");
        refuses("{% import 'x' as y %}", "block import is not known");
        refuses("{{ 'x' | attr('__class__') }}", "filter attr is not known (known are abs, ");
        refuses("{{ 1 is strange }}", "test strange is not known (known are boolean, ");
        refuses(
                "{% set x = {} %}{{ x.update({'a': 1}) }}",
                "method update of objects is not known (known are get, items, keys, values)");
        refuses("{% set x = [] %}{{ x.append(1) }}", "function append is not known");
        refuses(
                "{% for x in [1] %}{% set loop.index = 3 %}{% endfor %}",
                "loop.index cannot be set (must be in a namespace)");
        refuses("{{ strftime_now('%d') }}", "the template writes the date (set chat-date: YYYY-MM-DD");
        assertThatThrownBy(() -> new ChatTemplate("{{ strftime_now('%H') }}").text(Map.of(), DATE, 9))
                .hasMessage("line 1: %H of strftime_now is not known (known are %A, %B, %Y, %a, %b, %d, %j, %m, %y)");
    }

    @Test
    void whatIsWrittenWronglyIsRefusedWithItsLine() {
        refuses("a\n{{ b", "line 2: what begins here is not closed (must end with }})");
        refuses("{% if 1 %}\n", "line 1: what begins here has no end (must end with ");
        refuses("{% endif %}", "block endif is not known");
        refuses("{% if 1 %}{% endfor %}", "block endfor is not known");
        refuses("{# a", "a comment is not closed");
        refuses("{{ 'a }}", "a text in quotes is not closed");
        refuses("{{ 1 2 }}", "2 is not expected here (must be }})");
        refuses("{{ (1] }}", "] closes nothing");
        refuses("{{ $ }}", "unknown character $");
        refuses("{% break %}", "break is outside of a loop");
        refuses("{{ '\\uZZZZ' }}", "\\u is not followed by the number of a character");
        refuses(
                "\n\n{{ raise_exception('No ' ~ 'system\nturns') }}",
                "line 3: the template refuses it: No system turns");
        refuses("{{ x + 'a' }}", "x, which is not defined + a text is not known (a value may be missing in a message)");
        refuses("{{ 'a' + none }}", "a text + none is not known");
        refuses("{{ x.y.z }}", "x, which is not defined has no y");
        refuses("{{ 'a' | trim(chrs='b') }}", "filter trim has no argument chrs (it has chars)");
        refuses("{% for a, b in [[1]] %}{% endfor %}", "1 values are assigned to 2 names");
        refuses("{{ 1 < 'a' }}", "a whole number and a text have no order");
    }
}
