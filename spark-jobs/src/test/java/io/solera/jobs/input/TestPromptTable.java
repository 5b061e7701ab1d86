package io.solera.jobs.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.checkpoint.Policy;
import io.solera.config.TrainJob;
import io.solera.config.yaml.ConfigException;
import io.solera.jobs.Commands;
import io.solera.table.file.MalformedTableException;
import io.solera.train.rollout.Prompts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestPromptTable {
    private static final String JOB =
            "rewards: {qed: {}}\nsampling: {max-new-tokens: 4}\n" + "prompts: {table: '%s', held-out-share: 0.5%s}\n";

    @TempDir
    private Path folder;

    private Prompts read(Path table, String keys) throws IOException {
        Policy policy = Commands.writeModel(folder.resolve("model"));
        return PromptTable.read(
                Commands.session(), TrainJob.read(JOB.formatted(table, keys), List.of()), policy, Set.of());
    }

    @Test
    void readsATableOfAnySeparatorAndEncoding() throws IOException {
        String rows = "prompt;note, long\nC;1,\u0142\nCC;2,\u0142\nO;3,\u0142\nOC;4,\u0142\n";
        Path table = Files.write(folder.resolve("prompts.csv"), rows.getBytes(StandardCharsets.UTF_16LE));
        assertThat(read(table, ", separator: ';', encoding: utf-16le").all()).hasSize(4);
        assertThatThrownBy(() -> read(table, ""))
                .isInstanceOf(MalformedTableException.class)
                .hasMessage("Cannot read " + table
                        + ": its header and rows fit the separator , as well as ; (say which with --separator)");
        assertThatThrownBy(() -> read(table, ", separator: no"))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "Invalid prompts.separator: no at line 3 (must be one ASCII character such as , ; | or tab, and"
                                + " no quote)");
    }

    @Test
    void aTimeIsTheSameTextInEveryTimeZone() throws IOException {
        SparkSession spark = Commands.session();
        Path table = folder.resolve("prompts.parquet");
        spark.range(4)
                .selectExpr("timestamp_seconds(id) as made", "substr('CCCC', 1, int(id) + 1) as prompt")
                .write()
                .parquet(table.toString());
        spark.conf().set("spark.sql.session.timeZone", "Asia/Kathmandu");
        try {
            Policy policy = Commands.writeModel(folder.resolve("model"));
            TrainJob job = TrainJob.read(JOB.formatted(table, ""), List.of());
            assertThat(PromptTable.read(spark, job, policy, Set.of("made")).all())
                    .extracting(prompt -> prompt.text() + " " + prompt.columns().get("made"))
                    .containsExactlyInAnyOrder(
                            "C 1970-01-01 00:00:00",
                            "CC 1970-01-01 00:00:01",
                            "CCC 1970-01-01 00:00:02",
                            "CCCC 1970-01-01 00:00:03");
        } finally {
            spark.conf().unset("spark.sql.session.timeZone");
        }
    }
}
