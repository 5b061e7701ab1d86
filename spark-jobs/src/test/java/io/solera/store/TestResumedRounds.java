package io.solera.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.store.storage.Deletion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of four rounds, of which the policies of 1, 2 and 3 are kept, is looked at before it is resumed. */
class TestResumedRounds {
    @TempDir
    private Path folder;

    @BeforeEach
    void fourRounds() throws IOException {
        try (RunFolder run = Runs.open(folder)) {
            for (int round = 0; round <= 3; round++) {
                RoundWriter writer = Runs.write(run, round);
                writer.write("rollouts.parquet", "rows of round " + round);
                writer.commit(Runs.metrics(round));
                run.prune(2, Set.of(1));
            }
        }
    }

    @Test
    void aWholeRunContinuesFromItsLastRound() throws IOException {
        try (RunFolder run = Runs.open(folder)) {
            assertThat(run.resumedRound().orElseThrow().round()).isEqualTo(3);
            Deletion.temporary(file(0, "rollouts.parquet"));
            assertThat(run.resumedRound())
                    .as("rollouts of an earlier round are a user's")
                    .isPresent();
        }
    }

    @Test
    void anEarlierRoundThatIsGoneIsFound() throws IOException {
        Deletion.temporary(folder.resolve("rounds/00002"));
        refused()
                .hasMessage("Cannot read round 2: %s is missing (put it back from a copy; or deleting %s and what comes"
                                .formatted(at("rounds/00002/manifest.json"), at("rounds/00002"))
                        + " after it goes back to round 1)");
    }

    @Test
    void anEarlierManifestThatWasChangedIsFound() throws IOException {
        Path manifest = folder.resolve("rounds/00002/manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace("0.52", "0.53"));
        refused().hasMessageStartingWith("Cannot read round 2: %s was changed (".formatted(manifest));
    }

    @Test
    void anEarlierCheckpointThatWasChangedIsFound() throws IOException {
        Files.writeString(file(2, "policy/model.safetensors"), "weights of round 1");
        refused()
                .hasMessageStartingWith(
                        "Cannot read round 2: %s was changed (".formatted(file(2, "policy/model.safetensors")));
    }

    @Test
    void anEarlierFileThatIsGoneOrCutIsFound() throws IOException {
        Path blend = file(1, "blend.json");
        Runs.truncate(blend, 5);
        refused()
                .hasMessage(
                        ("Cannot read round 1: %s has 5 bytes (must be 19) (put it back from a copy; no round before it"
                                        + " has its policy: else --overwrite starts again)")
                                .formatted(blend));
        Files.delete(blend);
        refused()
                .hasMessageStartingWith(
                        "Cannot read round 1: %s is missing (it must have 19 bytes) (".formatted(blend));
        Deletion.temporary(file(1, ""));
        refused().hasMessageStartingWith("Cannot read round 1: %s is missing (".formatted(file(1, "blend.json")));
    }

    @Test
    void deletingADamagedLastRoundGoesBackOneAsTheMessageSays() throws IOException {
        Files.writeString(file(3, "state/critics/qed.safetensors"), "123");
        refused()
                .hasMessageStartingWith("Cannot read round 3: ")
                .hasMessageEndingWith(" (put it back from a copy; or deleting %s goes back to round 2)"
                        .formatted(at("rounds/00003")));
        Deletion.temporary(folder.resolve("rounds/00003"));
        try (RunFolder run = Runs.open(folder)) {
            assertThat(run.resumedRound().orElseThrow().round()).isEqualTo(2);
            Runs.commit(run, 3);
            assertThat(run.resumedRound().orElseThrow().folder("policy").open("model.safetensors"))
                    .hasContent("weights of round 3");
        }
    }

    @Test
    void aChangedLastManifestSaysTheSame() throws IOException {
        Path manifest = folder.resolve("rounds/00003/manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace("0.53", "0.99"));
        refused()
                .hasMessageStartingWith("Cannot read round 3: %s was changed (".formatted(manifest))
                .hasMessageEndingWith("deleting %s goes back to round 2)".formatted(at("rounds/00003")));
    }

    @Test
    void aRoundWhosePolicyIsGoneAsAskedCannotBeTheLast() throws IOException {
        for (int round = 1; round <= 3; round++) {
            Deletion.temporary(folder.resolve("rounds/0000" + round));
        }
        refused()
                .hasMessage(
                        ("Cannot read round 0: %s was removed, as keep-rounds asks (put it back from a copy; no round"
                                        + " before it has its policy: else --overwrite starts again)")
                                .formatted(file(0, "policy")));
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused() throws IOException {
        try (RunFolder run = Runs.open(folder)) {
            return assertThatThrownBy(run::resumedRound).isInstanceOf(DamagedRunException.class);
        }
    }

    private Path at(String name) {
        return folder.resolve(name);
    }

    private Path file(int round, String name) throws IOException {
        Path of = at("rounds/0000" + round);
        String manifest = Files.readString(of.resolve("manifest.json"));
        String attempt = manifest.replaceAll("(?s).*\"attempt\": \"(\\w{8})\".*", "$1");
        return of.resolve(attempt).resolve(name);
    }
}
