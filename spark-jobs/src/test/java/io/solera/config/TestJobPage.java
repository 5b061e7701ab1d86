package io.solera.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The jobs that documents show are jobs, and the values that docs/job.md calls defaults are the defaults. */
class TestJobPage {
    private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.*?)```");
    private static final String REWARDS = "rewards: {qed: }\n";

    private static List<String> blocks(String page) throws IOException {
        return YAML.matcher(Files.readString(Path.of("..").resolve(page)))
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    @Test
    void theDefaultsAreTheDefaults() throws IOException {
        String shown = blocks("docs/job.md").get(0);
        int start = shown.indexOf("rewards:");
        int end = shown.indexOf("allow:");
        TrainJob given = TrainJob.read(shown, List.of());
        TrainJob defaults = TrainJob.read(shown.substring(start, end), List.of());
        assertThat(given).usingRecursiveComparison().isEqualTo(defaults);
        assertThat(shown).contains("critic:", "stop-when:", "keep-rounds:", "partitions:");
    }

    @Test
    void everyJobOfTheDocumentsIsRead() throws IOException {
        for (String page :
                List.of("README.md", "docs/job.md", "docs/lora.md", "docs/pretrain.md", "docs/outside-rewards.md")) {
            assertThat(blocks(page)).as(page).isNotEmpty();
            for (String block : blocks(page)) {
                String job = block.contains("rewards:") ? block : REWARDS + block;
                assertThat(TrainJob.read(job, List.of()).rewards()).as(page).isNotEmpty();
            }
        }
    }
}
