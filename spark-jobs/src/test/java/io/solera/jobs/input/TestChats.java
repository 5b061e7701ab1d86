package io.solera.jobs.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.checkpoint.ModelFolder;
import io.solera.checkpoint.Policy;
import io.solera.checkpoint.file.ClasspathFolder;
import io.solera.checkpoint.file.LocalFolder;
import io.solera.checkpoint.tokenizer.ChatFormat;
import io.solera.config.SftJob;
import io.solera.config.TrainJob;
import io.solera.jobs.Commands;
import io.solera.model.Sequence;
import io.solera.table.TableName;
import io.solera.table.file.MalformedTableException;
import io.solera.train.likelihood.Examples;
import io.solera.train.likelihood.Examples.Example;
import io.solera.train.rollout.Prompt;
import io.solera.train.rollout.Prompts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestChats {
    private static final String TEMPLATE = """
            {% for m in messages %}
            {% if m.role not in ['system', 'user', 'assistant'] %}{{ raise_exception('no role ' ~ m.role) }}{% endif %}
            {{ m.role[0] ~ ':' ~ m.content | trim ~ eos_token }}
            {% endfor %}
            {% if add_generation_prompt %}a:{% endif %}
            """;
    private static final String TURNS =
            "[{\"role\": \"system\", \"content\": \"S\"}, {\"role\": \"user\", \"content\": \"Q %d\"},"
                    + " {\"role\": \"assistant\", \"content\": \"A\"}, {\"role\": \"user\", \"content\": \"R\"},"
                    + " {\"role\": \"assistant\", \"content\": \"B %d\"}]";

    @TempDir
    private Path folder;

    /** A tiny Llama with a begin and end token called &lt;|end|>, and a chat template. */
    private Policy model() throws IOException {
        Path model = folder.resolve("model");
        if (!Files.exists(model)) {
            ModelFolder.write(new LocalFolder(model), ModelFolder.read(new ClasspathFolder("io/solera/train/sft")));
            Files.writeString(model.resolve("chat_template.jinja"), TEMPLATE);
        }
        return ModelFolder.read(new LocalFolder(model));
    }

    private Path table(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private List<Example> examples(String yaml, Path path) throws IOException {
        SftJob asked = SftJob.read("table: %s\n".formatted(path) + yaml, List.of());
        TableRows table = TableRows.of(Commands.session(), new TableName(path.toString(), null));
        SftJob job = SftJob.read("table: %s\n".formatted(path) + yaml, asked.namedBy(table.columns()));
        Chats chats = Chats.of(job, table).orElseThrow();
        ChatFormat format = ChatFormat.of(model().tokenizer(), "model", job.day());
        List<Map<String, String>> rows = table.rows(chats.columns(), chats.columns());
        List<Example> examples = new ArrayList<>();
        for (int k = 0; k < rows.size(); k++) {
            chats.example(rows.get(k), k, format).ifPresent(examples::add);
        }
        return examples;
    }

    @Test
    void theLastAnswerIsLearnedOfEveryKindOfTable() throws IOException {
        String turns = TURNS.formatted(1, 2);
        Example expected = new Example("s:S<|end|>\nu:Q 1<|end|>\na:A<|end|>\nu:R<|end|>\na:", "B 2<|end|>\n", true);
        Path lines =
                table("t.jsonl", "{\"messages\": %s, \"id\": 1}\n{\"messages\": null, \"id\": 2}\n".formatted(turns));
        assertThat(examples("", lines)).containsExactly(expected);
        assertThat(examples("messages: messages\n", lines)).containsExactly(expected);
        assertThat(examples("text: '{messages}'\n", lines)).containsExactly(expected);
        Path csv = table("t.csv", "id,messages\n1,\"%s\"\n2,\n".formatted(turns.replace("\"", "\"\"")));
        assertThat(examples("", csv)).containsExactly(expected);
        String parquet = folder.resolve("t.parquet").toString();
        Commands.session().read().json(lines.toString()).write().parquet(parquet);
        assertThat(examples("", Path.of(parquet))).containsExactly(expected);
        Commands.session()
                .read()
                .schema("messages array<map<string,string>>, id int")
                .json(lines.toString())
                .withColumnRenamed("messages", "talk")
                .write()
                .parquet(folder.resolve("maps.parquet").toString());
        assertThat(examples("messages: talk\n", folder.resolve("maps.parquet"))).containsExactly(expected);
    }

    @Test
    void aPromptAndItsCompletionMayBeListsOfMessages() throws IOException {
        Path pairs = table(
                "p.jsonl",
                "{\"prompt\": [{\"role\": \"user\", \"content\": \"Q\"}], \"completion\": [{\"role\": \"assistant\", "
                        + "\"content\": \"A\"}]}\n");
        Example expected = new Example("u:Q<|end|>\na:", "A<|end|>\n", true);
        assertThat(examples("", pairs)).containsExactly(expected);
        assertThat(examples("prompt: '{prompt}'\ncompletion: '{completion}'\n", pairs))
                .containsExactly(expected);
    }

    @Test
    void rowsWithoutAnAnswerAreNone() throws IOException {
        String user = "{\"role\": \"user\", \"content\": \"Q\"}";
        String nothing = "{\"role\": \"assistant\", \"content\": null}";
        String answer = "{\"role\": \"assistant\", \"content\": \"A\"}";
        List<String> rows = List.of(user, user + "," + nothing, answer, user + "," + answer + "," + user);
        StringBuilder lines = new StringBuilder();
        rows.forEach(row -> lines.append("{\"messages\": [%s]}\n".formatted(row)));
        assertThat(examples("", table("n.jsonl", lines.toString())))
                .containsExactly(new Example("u:Q<|end|>\na:", "A<|end|>\n", true));
    }

    @Test
    void aConversationThatCannotBeWrittenIsRefusedWithItsRow() throws IOException {
        String good = "{\"messages\": %s}\n".formatted(TURNS.formatted(1, 1));
        Path roles = table("r.jsonl", good + good.replace("system", "wizard"));
        assertThatThrownBy(() -> examples("", roles))
                .isInstanceOf(MalformedTableException.class)
                .hasMessage(("Cannot read %s: row 2: messages: chat template model/chat_template.jinja, line 2: the "
                                + "template refuses it: no role wizard")
                        .formatted(roles));
        Path shared = table("s.jsonl", "{\"messages\": [{\"from\": \"human\", \"value\": \"Q\"}]}\n");
        assertThatThrownBy(() -> examples("", shared))
                .hasMessage(
                        ("Cannot read %s: row 1: messages: message 1 has no role, but from, value (must be {\"role\": "
                                        + "..., \"content\": ...})")
                                .formatted(shared));
        Path texts = table("x.csv", "messages\nhello\n");
        assertThatThrownBy(() -> examples("", texts))
                .hasMessage(
                        "Cannot read %s: row 1: messages: it is not a JSON list of messages (hello)".formatted(texts));
        Path nulls = table(
                "c.jsonl", "{\"messages\": [{\"role\": \"user\"}, {\"role\": \"assistant\", \"content\": \"A\"}]}\n");
        assertThatThrownBy(() -> examples("", nulls))
                .hasMessage("Cannot read %s: row 1: messages: message 1 has no content (role user; must be a text)"
                        .formatted(nulls));
    }

    @Test
    void noSpecialTokenIsAddedToWhatATemplateWrites() throws IOException {
        Policy policy = model();
        SftJob job = SftJob.read("table: t\nmessages: m\nheld-out-share: 0\n", List.of());
        Examples examples = Examples.ofExamples(
                job,
                List.of(new Example("u:Q<|end|>\na:", "A<|end|>\n", true), new Example("<|end|>u:Q\na:", "A", true)),
                policy.tokenizer(),
                64);
        int[] whole = policy.tokenizer().encode("u:Q<|end|>\na:A<|end|>\n");
        int[] asked = policy.tokenizer().encode("u:Q<|end|>\na:");
        Sequence with = examples.corpus().training().get(0);
        Sequence without = examples.corpus().training().get(1);
        assertThat(without.prompt()).containsExactly(asked);
        assertThat(without.tokens()).containsExactly(Arrays.copyOfRange(whole, asked.length, whole.length));
        assertThat(with.prompt()).containsExactly(policy.tokenizer().encode("<|end|>u:Q\na:"));
        assertThat(examples.endless(policy.tokenizer().special())).isEqualTo(1);
    }

    @Test
    void promptsAreWhatIsToBeAnswered() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int k = 0; k < 12; k++) {
            lines.append("{\"messages\": %s, \"id\": %d}\n".formatted(TURNS.formatted(k, k), k));
        }
        Path table = table("prompts.jsonl", lines + "{\"messages\": null, \"id\": 99}\n");
        String yaml =
                ("model: %s\nrounds: 1\nsteps-per-round: 1\nrewards: {length: {shaping: 'linear(0, 6)'}}\nsampling: "
                                        + "{max-new-tokens: 8}\n")
                                .formatted(folder.resolve("model"))
                        + "prompts: {table: %s, column: messages, held-out-share: 0.3%s}\n";
        Policy policy = model();
        Prompts prompts = PromptTable.read(
                Commands.session(), TrainJob.read(yaml.formatted(table, ""), List.of()), policy, Set.of());
        assertThat(prompts.all()).hasSize(12);
        assertThat(prompts.all())
                .extracting(Prompt::text)
                .contains("s:S<|end|>\nu:Q 7<|end|>\na:A<|end|>\nu:R<|end|>\na:");
        Prompt first = prompts.all().get(0);
        assertThat(first.tokens())
                .containsExactly(policy.tokenizer()
                        .encode(Optional.ofNullable(first.text()).orElseThrow()));
        TrainJob other = TrainJob.read(yaml.formatted(table, ", template: '{messages}'"), List.of());
        assertThatThrownBy(() -> PromptTable.read(Commands.session(), other, policy, Set.of()))
                .hasMessage("Invalid prompts.template: {messages} (must be absent: column messages holds lists of "
                        + "messages, which the"
                        + " model's chat template writes)");
    }

    @Test
    void aPolicyThatLearnsConversationsKeepsItsTemplate() throws IOException {
        model();
        StringBuilder lines = new StringBuilder("{\"messages\": [{\"role\": \"user\", \"content\": \"Q\"}]}\n");
        for (int k = 0; k < 8; k++) {
            lines.append("{\"messages\": %s}\n".formatted(TURNS.formatted(k, k)));
        }
        Path table = table("t.jsonl", lines.toString());
        Path job = table(
                "job.yaml",
                "model: %s\ntable: %s\nepochs: 1\nbatch-size: 2\nheld-out-share: 0.2\n"
                        .formatted(folder.resolve("model"), table));
        Path run = folder.resolve("run");
        Commands.Outcome outcome = Commands.run("sft", "--config", job.toString(), "--run-dir", run.toString());
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out())
                .contains("1 of 9 rows of %s are left out, as no assistant answers something in them (rows 1)\n"
                        .formatted(table));
        assertThat(run.resolve("job.yaml")).content().contains("messages: messages");
        String policy = outcome.out()
                .lines()
                .filter(line -> line.startsWith("policy "))
                .findFirst()
                .orElseThrow()
                .substring("policy ".length());
        assertThat(Path.of(policy.replaceFirst("^file:", "")).resolve("chat_template.jinja"))
                .hasContent(TEMPLATE.stripTrailing());

        table("t.jsonl", "{\"messages\": [{\"role\": \"user\", \"content\": \"Q\"}]}\n".repeat(4));
        assertThat(Commands.run(
                        "sft",
                        "--config",
                        job.toString(),
                        "--run-dir",
                        folder.resolve("other").toString()))
                .isEqualTo(new Commands.Outcome(
                        3,
                        "",
                        ("solera: Cannot train on %s: in none of its 4 rows an assistant (a message with role "
                                        + "assistant and a content) answers something (rows 1, 2, 3, ...)\n")
                                .formatted(table)));
    }
}
