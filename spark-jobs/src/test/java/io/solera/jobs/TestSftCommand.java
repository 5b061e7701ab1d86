package io.solera.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestSftCommand {
    @TempDir
    private Path folder;

    private Commands.Outcome sft(String yaml, String... more) throws IOException {
        if (!Files.exists(folder.resolve("model"))) {
            Commands.writeModel(folder.resolve("model"));
        }
        Path job = folder.resolve("job.yaml");
        Files.writeString(job, "model: %s\n".formatted(folder.resolve("model")) + yaml);
        String[] all = {
            "sft",
            "--config",
            job.toString(),
            "--run-dir",
            folder.resolve("run").toString()
        };
        String[] arguments = java.util.Arrays.copyOf(all, all.length + more.length);
        System.arraycopy(more, 0, arguments, all.length, more.length);
        return Commands.run(arguments);
    }

    private String table() throws IOException {
        StringBuilder rows = new StringBuilder("start,rest\n");
        for (int i = 0; i < 20; i++) {
            rows.append("C".repeat(1 + i % 5))
                    .append(",O")
                    .append("C".repeat(i / 5))
                    .append('\n');
        }
        Path table = folder.resolve("table.csv");
        Files.writeString(table, rows);
        return "table: %s\n".formatted(table);
    }

    @Test
    void tunesAPolicyThatCanThenBeSampled() throws IOException {
        String job =
                table() + "prompt: '{start}'\ncompletion: '{rest}'\nepochs: 2\nheld-out-share: 0.2\nbatch-size: 4\n";
        Commands.Outcome outcome = sft(job, "--set", "learning-rate=0.01");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).contains("epoch 2  held-out loss ").contains("run ");
        assertThat(folder.resolve("run/job.yaml")).content().contains("learning-rate: 0.01");
        assertThat(sft(job, "--set", "learning-rate=0.01").err())
                .contains("Cannot start a run: %s already holds one".formatted(folder.resolve("run")));
        Commands.Outcome again = sft(job, "--set", "learning-rate=0.01", "--resume", "--wait=5");
        assertThat(again.code()).isZero();
        assertThat(again.out()).contains("run %s is done already\n".formatted(folder.resolve("run")));
        assertThat(Commands.run("report", folder.resolve("run").toString()).err())
                .contains("it has no rewards (a report is of a run of solera train)");
    }

    @Test
    void trainsAdaptersThatCanThenBeSampled() throws IOException {
        String job = table() + "text: '{start}{rest}'\nepochs: 1\nbatch-size: 4\n";
        Commands.Outcome outcome = sft(job, "--set", "lora.rank=2");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).containsPattern(" parameters, [0-9]+ are trained next to them");
        Path policy;
        try (Stream<Path> files = Files.walk(folder.resolve("run/rounds/00001"))) {
            policy = files.filter(file -> file.endsWith("policy")).findFirst().orElseThrow();
        }
        assertThat(policy.resolve("adapter_config.json"))
                .content()
                .contains("\"base_model_name_or_path\": \"%s\"".formatted(folder.resolve("model")));
        assertThat(Commands.run("sample", "--model", policy.toString(), "--count", "3")
                        .code())
                .isZero();
        Commands.Outcome refused = Commands.run(
                "sft",
                "--config",
                folder.resolve("job.yaml").toString(),
                "--run-dir",
                folder.resolve("other").toString(),
                "--set",
                "lora.rank=2",
                "--set",
                "model=" + policy);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("Cannot train adapters on %s: it is an adapter itself".formatted(policy));
    }

    @Test
    void readsATableOfAnySeparatorAndEncoding() throws IOException {
        Path table = folder.resolve("table.csv");
        StringBuilder rows = new StringBuilder("start;rest;n,o\u017c\n");
        for (int i = 0; i < 12; i++) {
            rows.append("C".repeat(1 + i % 5))
                    .append(";O")
                    .append("C".repeat(i / 5))
                    .append(";\u0142,1\n");
        }
        Files.write(table, rows.toString().getBytes(Charset.forName("windows-1250")));
        String job = "table: %s\ntext: '{start}{rest}'\nepochs: 1\nbatch-size: 4\n".formatted(table);

        Commands.Outcome told = sft(job + "separator: ;\nencoding: cp1250\n", "--overwrite");
        assertThat(told.err()).isEmpty();
        assertThat(told.code()).isZero();
        assertThat(folder.resolve("run/job.yaml"))
                .content()
                .contains("separator: \";\"")
                .contains("encoding: cp1250");
        assertThat(sft(job + "separator: ;\nencoding: utf-8\n", "--overwrite").err())
                .contains("Cannot read " + table
                        + ": the header: cell 3: the byte 0xBF at or after character 4 is not UTF-8");
        assertThat(sft(job + "separator: ;;\n").err())
                .contains("Invalid separator: ;; at line 6 (must be one ASCII character such as , ; | or tab, and no"
                        + " quote)");
        Commands.Outcome unknown = sft(job + "encoding: utf-9\n");
        assertThat(unknown.err())
                .contains("Invalid encoding: utf-9 at line 6 (must be one such as utf-8, utf-16, cp1252, iso-8859-1)");
        assertThat(unknown.code()).isEqualTo(2);
    }

    @Test
    void aJobThatIsWrongIsRefusedByName() throws IOException {
        assertThat(sft("text: '{a}'\n").err()).contains("Missing key table (it has no default)");
        assertThat(sft(table()).err())
                .contains(
                        "Missing key text, or both of prompt and completion, or messages (%s has none of these columns"
                                .formatted(folder.resolve("table.csv")))
                .contains("its columns are start, rest)");
        assertThat(sft(table() + "prompt: '{start}'\n").err()).contains("Missing key completion (prompt goes with it)");
        assertThat(sft(table() + "messages: start\ntext: '{start}'\n").err())
                .contains("Invalid messages: start")
                .contains("(must stand alone, without text, prompt and completion)");
        assertThat(sft(table() + "messages: start\nchat-date: today\n").err())
                .contains("Invalid chat-date: today at line 4 (must be a day such as 2026-11-30)");
        assertThat(sft(table() + "messages: start\n").err())
                .contains("Cannot write conversations for model %s: it has no chat template (use a model that has one"
                        .formatted(folder.resolve("model")));
        assertThat(sft(table() + "text: '{start}'\nprompt: '{start}'\n").err())
                .contains("Invalid text: \"{start}\" at line 3")
                .contains("(must stand alone, without prompt and completion)");
        assertThat(sft(table() + "text: start\n").err()).contains("(must name a column in braces, such as {text})");
        assertThat(sft(table() + "text: '{start}'\nlearning-rat: 1\n").err())
                .contains("Unknown key learning-rat")
                .contains("did you mean learning-rate?");
        assertThat(sft(table() + "text: '{middle}'\n").err())
                .contains("it has no column middle (its columns are start, rest)");
        assertThat(sft(table() + "text: '{start}'\nepochs: 0\n").err())
                .contains("Invalid epochs: 0 at line 4 (must be at least 1)");
        assertThat(sft(table() + "text: '{start}'\nlora: {max-rank: 16}\n").err())
                .contains("Unknown key lora.max-rank");
        assertThat(sft(table() + "text: '{start}'\nlora: {rank: 0}\n").err())
                .contains("Invalid lora.rank: 0")
                .contains("(must be at least 1)");
        assertThat(sft(table() + "text: '{start}'\nlora: {dropout: 1}\n").err())
                .contains("Invalid lora.dropout: 1 at line 4 (must be 0 for none, or more and below 1)");
        assertThat(sft(table() + "text: '{start}'\nlora: {targets: [q_proj]}\n").err())
                .contains("Invalid lora.targets: q_proj (must be all-linear or out of [c_attn, c_fc, c_proj])");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void leavesOutRowsWithoutACompletionAndSaysSo() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            String rest = i % 5 == 2 ? "null" : "\"O" + "C".repeat(i / 5) + "\"";
            rows.append("{\"start\": \"%s\", \"rest\": %s, \"messages\": [{\"role\": \"user\"}]}\n"
                    .formatted("C".repeat(1 + i % 4), rest));
        }
        Path table = Files.writeString(folder.resolve("nulls.jsonl"), rows);
        String job = "table: %s\nprompt: '{start}'\ncompletion: '{rest}'\nepochs: 1\nbatch-size: 2\n".formatted(table);

        assertThat(sft(job.replace("{rest}", "{messages}")).err())
                .startsWith(
                        "solera: Cannot read %s: column messages holds no text but array<struct<role:string>> (write"
                                .formatted(table));
        Files.writeString(table, "{\"start\": \"C\", \"rest\": null}\n".repeat(5) + "{\"rest\": null, \"x\": 1}\n");
        assertThat(sft(job))
                .isEqualTo(new Commands.Outcome(
                        3,
                        "",
                        "solera: Cannot train on %s: the completion of all 6 rows is null (rows 1, 2, 3, ...)\n"
                                .formatted(table)));
        Files.writeString(table, rows);
        Commands.Outcome outcome = sft(job);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .contains("4 of 20 rows of %s are left out, as their completion is null (rows 3, 8, 13, ...)\n"
                        .formatted(table));
    }
}
