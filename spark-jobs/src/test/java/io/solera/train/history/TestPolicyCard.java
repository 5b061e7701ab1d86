package io.solera.train.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.checkpoint.file.LocalFolder;
import io.solera.checkpoint.file.MalformedModelException;
import io.solera.config.TrainJob;
import io.solera.store.Rounds;
import io.solera.train.TinyRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The model card that a run writes beside each policy. */
class TestPolicyCard {
    @TempDir
    private Path folder;

    private String card(String run, int round) throws IOException {
        return Rounds.of(folder.resolve(run).toString(), new Configuration())
                .read(round)
                .read("policy/" + PolicyCard.FILE);
    }

    @Test
    void tellsOfEachRoundAndIsTheSameAfterAResume() throws IOException {
        List<String> twoKept = List.of("keep-rounds=3");
        TinyRun.run(folder.resolve("whole"), TinyRun.job(""), twoKept, TinyRun.SILENT);
        assertThatThrownBy(() -> TinyRun.run(folder.resolve("cut"), TinyRun.job(""), twoKept, TinyRun.failingIn(2)))
                .hasMessage("cut");
        TinyRun.run(folder.resolve("cut"), TinyRun.job(""), List.of("keep-rounds=3", "partitions=3"), TinyRun.SILENT);
        assertThat(card("cut", 2)).isEqualTo(card("whole", 2));

        assertThat(card("whole", 0))
                .contains("# Policy of round 0", "`prior`, as a run of Solera")
                .contains("| mw, raw | - | ");
        assertThat(card("whole", 2))
                .contains("# Policy of round 2", "`prior`, fine-tuned on 3 rewards by Solera")
                .contains("| mw | `mw` | 1 | `linear(20, 140)` | at least 80 |", "| fluency | `fluency` | 0.5 |")
                .contains("- Method `iterative-rs`, algorithm `rloo`; KL to the reference 0.05 (loss).")
                .contains("- At most 2 rounds of 2 steps of 32 samples per learner.", "seed 1.")
                .contains("From 200 held-out samples at temperature 1 without truncation (before: 200)")
                .containsPattern(
                        "\\| logp, shaped \\| 0\\.\\d+ \\[0\\.\\d+, 0\\.\\d+] \\| 0\\.\\d+ \\[0\\.\\d+, 0\\.\\d+] \\|")
                .containsPattern("\\| validity \\| \\S+ \\| \\S+ \\|")
                .contains("prompt = torch.tensor([[1]])", "max_new_tokens=10")
                .doesNotContain(folder.toString());
    }

    @Test
    void hasTheFrontMatterOfTheHub() throws IOException {
        Files.writeString(folder.resolve("config.json"), "{\"_name_or_path\": \"some-lab/proteins\"}");
        Files.writeString(folder.resolve("NOTICE"), "By some lab.\n");
        Files.writeString(
                folder.resolve("README.md"),
                "---\ntags: [x]\nlicense: other\nlicense_name: some\nlanguage:\n- en\n---\nlicense: none of it\n");
        StartingModel base = StartingModel.of(new LocalFolder(folder));
        assertThat(base.licence()).containsExactly("license: other", "license_name: some");
        assertThat(base.notices()).containsExactly(Map.entry("NOTICE", "By some lab.\n"));

        TrainJob job = TrainJob.read("rewards: {length: {shaping: 'linear(0, 6)'}}\nmodel: models/mine\n", List.of());
        String card = new PolicyCard(job, TinyRun.policy().tokenizer().special(), base).markdown(3, null, null);
        Map<String, Object> front = new Yaml().load(card.split("---\n")[1]);
        assertThat(front)
                .containsEntry("library_name", "transformers")
                .containsEntry("pipeline_tag", "text-generation")
                .containsEntry("base_model", "some-lab/proteins")
                .containsEntry("license", "other")
                .containsEntry("tags", List.of("solera", "reinforcement-learning"));
        assertThat(card)
                .contains("`models/mine` (some-lab/proteins), fine-tuned on 1 reward by Solera", "not measured");
    }

    @Test
    void ofAFolderThatTellsNothingSaysNothing() throws IOException {
        Files.writeString(folder.resolve("config.json"), "{\"_name_or_path\": \"/home/somebody/gpt2\"}");
        assertThat(StartingModel.of(new LocalFolder(folder))).isEqualTo(StartingModel.UNKNOWN);
    }

    @Test
    void textsAboutAModelThatAreNoTextsAreRefused() throws IOException {
        Files.write(folder.resolve("LICENSE"), new byte[(1 << 20) + 1]);
        assertThatThrownBy(() -> StartingModel.of(new LocalFolder(folder)))
                .isInstanceOf(MalformedModelException.class)
                .hasMessage(
                        "Cannot read LICENSE of %s: it is longer than 1048576 bytes, which no text about a model is",
                        folder);
    }
}
