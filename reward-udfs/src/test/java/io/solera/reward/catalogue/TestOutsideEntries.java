package io.solera.reward.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.checkpoint.Policy;
import io.solera.checkpoint.file.Folder;
import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.Status;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestOutsideEntries {
    private static class Nothing implements Resources {
        @Override
        public Policy policy(String name) throws IOException {
            throw new FileNotFoundException(name);
        }

        @Override
        public Folder folder(String path) throws IOException {
            throw new FileNotFoundException(path);
        }

        @Override
        public InputStream open(String path) throws IOException {
            throw new FileNotFoundException(path);
        }
    }

    private static final class Programs extends Nothing {
        @Override
        public boolean allows(Permission permission) {
            return permission == Permission.PROGRAMS;
        }
    }

    private static Reward create(String call) throws IOException {
        return RewardCatalogue.create(RewardCall.parse(call), new Programs());
    }

    @Test
    void programsAndServicesMustBeAllowed() {
        for (String name : List.of("process", "http")) {
            RewardCall call = RewardCall.parse(RewardCatalogue.entry(name).example());
            String refused = "Cannot use %s: it runs a program or calls a service".formatted(name);
            assertThatThrownBy(() -> RewardCatalogue.create(call, new Nothing()))
                    .hasMessage(refused
                            + " (allow it: --allow programs, allow: [programs] in a job, or"
                            + " spark.solera.sql.allow=programs for SQL)");
            RewardCall within = new RewardCall("isolated", Map.of("reward", call.text()));
            assertThatThrownBy(() -> RewardCatalogue.create(within, new Nothing()))
                    .hasMessageStartingWith(refused);
        }
    }

    @Test
    void isolatedRewardIsTheSame() throws IOException {
        List<String> texts =
                Arrays.asList("CC(=O)Oc1ccccc1C(=O)O", null, "broken(", "C1CC", "c1ccccc1", "C".repeat(10_000));
        for (String call : List.of("qed", "logp", "similarity(reference='CC(=O)O')", "activity(model=gsk3)")) {
            Reward isolated = create("isolated(reward='%s', deadline=300)".formatted(call.replace("'", "''")));
            assertThat(isolated.score(texts)).as(call).isEqualTo(create(call).score(texts));
        }
    }

    @Test
    void argumentsReachTheProgram() throws IOException {
        Reward reward = create(
                "process(command='python3 -c \"import time; time.sleep(60)\"', deadline=0.2, start=0.3, processes=1)");
        assertThat(reward.score(List.of("a"))).containsExactly(Score.missing(Status.TIMED_OUT));
        assertThat(reward.problems()).singleElement().asString().endsWith(" within 300 ms");
    }

    @Test
    void refusesWhatIsNoNumber() {
        assertThatThrownBy(() -> create("process(command=x, deadline=soon)"))
                .hasMessage("Invalid deadline: soon (must be seconds, 0.001 to 1000000)");
        assertThatThrownBy(() -> create("process(command=x, deadline=0)"))
                .hasMessage("Invalid deadline: 0 (must be seconds, 0.001 to 1000000)");
        assertThatThrownBy(() -> create("process(command=x, batch=1.5)"))
                .hasMessage("Invalid batch: 1.5 (must be a whole number)");
        assertThatThrownBy(() -> create("isolated(reward=qde)"))
                .hasMessage("Invalid reward: qde (must be one of 'solera rewards'; nearest: qed)");
    }
}
