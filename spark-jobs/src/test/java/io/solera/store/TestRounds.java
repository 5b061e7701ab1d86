package io.solera.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import io.solera.store.storage.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestRounds {
    @TempDir
    private Path folder;

    private RunFolder run;

    @BeforeEach
    void open() throws IOException {
        run = Runs.open(folder);
    }

    @AfterEach
    void close() throws IOException {
        run.close();
    }

    @Test
    void aRoundExistsOnceItIsCommitted() throws IOException {
        RoundWriter writer = Runs.write(run, 0);
        assertThat(run.lastRound()).isEmpty();
        CommittedRound committed = writer.commit(Runs.metrics(0));
        CommittedRound last = run.lastRound().orElseThrow();
        assertThat(last.round()).isEqualTo(committed.round()).isZero();
        assertThat(last.metrics()).isEqualTo(Runs.metrics(0));
        // Sizes and hashes are those of wc and sha256sum.
        assertThat(last.files())
                .containsExactly(
                        new StoredFile(
                                "blend.json", 19, "66b4bd4c117ccfd8512548493ea2dd08b84167506e3b91a74251f7b978f77708"),
                        new StoredFile(
                                "policy/model.safetensors",
                                18,
                                "32594e754eadab6a832b7a719e3092695e318d5f1da9593c647e579b4c676d94"),
                        new StoredFile(
                                "state/critics/qed.safetensors",
                                3,
                                "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81"));
        assertThat(last.folder("policy").open("model.safetensors")).hasContent("weights of round 0");
        assertThat(last.has("policy")).isTrue();
        assertThat(last.has("experts")).isFalse();
    }

    @Test
    void numbersThatJsonLacksAreNullInTheMetrics() throws IOException {
        JsonObject metrics = new JsonObject();
        JsonObject inner = new JsonObject();
        inner.addProperty("nan", Double.NaN);
        inner.addProperty("small", 1e-300);
        metrics.add("inner", inner);
        Runs.write(run, 0).commit(metrics);
        assertThat(run.lastRound().orElseThrow().metrics())
                .hasToString("{\"inner\":{\"nan\":null,\"small\":1.0E-300}}");
    }

    @Test
    void readsAllRoundsInOrder() throws IOException {
        for (int round = 0; round < 12; round++) {
            Runs.commit(run, round);
        }
        assertThat(run.rounds().all())
                .extracting(CommittedRound::round)
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    }

    @Test
    void tornLastManifestIsAnUncommittedRound() throws IOException {
        Runs.commit(run, 0);
        Runs.commit(run, 1);
        Path manifest = folder.resolve("rounds/00001/manifest.json");
        String whole = Files.readString(manifest);
        for (int bytes : new int[] {0, 1, whole.length() / 2, whole.length() - 2}) {
            Files.writeString(manifest, whole.substring(0, bytes));
            assertThat(run.lastRound().orElseThrow().round()).isZero();
            assertThat(run.rounds().all()).hasSize(1);
        }
        Files.write(manifest, new byte[whole.length()]);
        assertThat(run.lastRound().orElseThrow().round()).isZero();
        Runs.commit(run, 1);
        assertThat(run.lastRound().orElseThrow().round()).isEqualTo(1);
        assertThat(Runs.files(folder.resolve("rounds/00001"))).hasSize(4);
    }

    @Test
    void tornManifestUnderALaterRoundIsDamage() throws IOException {
        for (int round = 0; round < 3; round++) {
            Runs.commit(run, round);
        }
        Path torn = folder.resolve("rounds/00001/manifest.json");
        Runs.truncate(torn, 20);
        Runs.truncate(folder.resolve("rounds/00002/manifest.json"), 20);
        assertThatThrownBy(() -> run.lastRound())
                .isInstanceOf(DamagedRunException.class)
                .hasMessage("Cannot read round 1: %s is torn".formatted(torn));
        Files.delete(torn);
        assertThatThrownBy(() -> run.round(1))
                .isInstanceOf(DamagedRunException.class)
                .hasMessage("Cannot read round 1: %s is missing".formatted(torn));
    }

    @Test
    void changedManifestIsDamage() throws IOException {
        Runs.commit(run, 0);
        Path manifest = folder.resolve("rounds/00000/manifest.json");
        String whole = Files.readString(manifest);
        Files.writeString(manifest, whole.replace("0.5", "0.9"));
        assertThatThrownBy(() -> run.lastRound())
                .isInstanceOf(DamagedRunException.class)
                .hasMessageMatching(("Cannot read round 0: \\Q%s\\E was changed \\(its SHA-256 is [0-9a-f]{64}, and it"
                                + " says \"[0-9a-f]{64}\"\\)")
                        .formatted(manifest));
        Files.writeString(manifest, "{}");
        assertThatThrownBy(() -> run.begin(0))
                .isInstanceOf(DamagedRunException.class)
                .hasMessageEndingWith("and it says null)");
        Files.writeString(manifest, whole.replace(" ", ""));
        assertThat(run.lastRound()).isPresent();
    }

    @Test
    void damagedFilesAreNamed() throws IOException {
        CommittedRound round = Runs.commit(run, 0);
        Path policy = Path.of(round.path("policy/model.safetensors").toUri().getPath());
        Files.writeString(policy, "weights of round 1");
        damaged(("%s was changed (its SHA-256 is"
                        + " 161af3dcdaaf817a5968af583199bda803080e48ec65438203f3af1153ed757b, must be"
                        + " 32594e754eadab6a832b7a719e3092695e318d5f1da9593c647e579b4c676d94)")
                .formatted(policy));
        Runs.truncate(policy, 7);
        damaged("%s has 7 bytes (must be 18)".formatted(policy));
        Files.delete(policy);
        damaged("%s is missing (it must have 18 bytes)".formatted(policy));
    }

    @Test
    void beginRemovesWhatAnUncommittedAttemptLeft() throws IOException {
        RoundWriter left = Runs.write(run, 0);
        left.work().writeOnce("qed/1", Content.of("state"));
        Runs.write(run, 0).commit(Runs.metrics(0));
        assertThat(Runs.files(folder.resolve("rounds/00000")))
                .hasSize(4)
                .noneMatch(name -> name.contains(left.attempt()));
        assertThatThrownBy(() -> run.begin(0))
                .isInstanceOf(IOException.class)
                .hasMessage("Cannot begin round 0: it is committed (%s)"
                        .formatted(folder.resolve("rounds/00000/manifest.json")));
    }

    @Test
    void beginRemovesTheStatesOfADriverThatWasKilledRightAfterItsCommit() throws IOException {
        RoundWriter writer = Runs.write(run, 0);
        writer.commit(Runs.metrics(0));
        writer.work().writeOnce("qed/1", Content.of("state"));
        run.begin(1);
        assertThat(Runs.files(folder.resolve("rounds"))).noneMatch(name -> name.contains("/work/"));
    }

    @Test
    void oneOfTwoCommitsOfARoundWins() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        for (int round = 0; round < 10; round++) {
            RoundWriter first = run.begin(round);
            RoundWriter second = run.begin(round);
            first.write("policy/config.json", "first");
            second.write("policy/config.json", "second");
            JsonObject metrics = Runs.metrics(round);
            Future<CommittedRound> one = threads.submit(() -> first.commit(metrics));
            Future<CommittedRound> other = threads.submit(() -> second.commit(metrics));
            List<String> failures = new ArrayList<>();
            for (Future<CommittedRound> commit : List.of(one, other)) {
                try {
                    commit.get();
                } catch (ExecutionException e) {
                    assertThat(e).hasCauseInstanceOf(LostRunException.class);
                    failures.add(e.getCause().getMessage());
                }
            }
            assertThat(failures)
                    .containsExactly("Cannot commit round %d: another driver committed it first (%s)"
                            .formatted(round, folder.resolve("rounds/%05d/manifest.json".formatted(round))));
            assertThat(run.lastRound().orElseThrow().round()).isEqualTo(round);
        }
        threads.shutdown();
    }

    @Test
    void aRoundWithoutFilesIsNotCommitted() throws IOException {
        RoundWriter writer = run.begin(0);
        assertThatThrownBy(() -> writer.commit(Runs.metrics(0)))
                .isInstanceOf(IOException.class)
                .hasMessage("Cannot commit round 0: it has no files (%s)"
                        .formatted(folder.resolve("rounds/00000/" + writer.attempt())));
    }

    @Test
    void checksumFilesOfHadoopAreLeftOut() throws IOException {
        RoundWriter writer = Runs.write(run, 0);
        Path parquet = Path.of(writer.path("rollouts.parquet").toUri().getPath());
        Files.createDirectories(parquet);
        Files.writeString(parquet.resolve("part-00000.parquet"), "rows");
        Files.writeString(parquet.resolve(".part-00000.parquet.crc"), "sum");
        assertThat(writer.commit(Runs.metrics(0)).files())
                .extracting(StoredFile::name)
                .contains("rollouts.parquet/part-00000.parquet")
                .noneMatch(name -> name.endsWith(".crc"));
        assertThat(Runs.files(folder)).noneMatch(name -> name.endsWith(".crc") || name.endsWith(".tmp"));
    }

    private void damaged(String why) {
        assertThatThrownBy(() -> run.lastRound())
                .isInstanceOf(DamagedRunException.class)
                .hasMessage("Cannot read round 0: " + why);
    }
}
