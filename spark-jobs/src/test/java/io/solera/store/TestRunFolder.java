package io.solera.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.store.storage.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestRunFolder {
    @TempDir
    private Path folder;

    @Test
    void makesTheFolderWithTheJob() throws IOException {
        Path run = folder.resolve("a/b");
        try (RunFolder opened = Runs.open(run)) {
            assertThat(opened.location()).isEqualTo(run.toString());
            assertThat(opened.lastRound()).isEmpty();
            assertThat(opened.rounds().all()).isEmpty();
        }
        assertThat(Files.readString(run.resolve("job.yaml"))).isEqualTo(Runs.JOB);
        assertThat(Runs.files(run)).containsExactly("job.yaml");
    }

    @Test
    void opensUriAndKeepsTheTextOfTheLastOpening() throws IOException {
        Runs.open(folder).close();
        Runs.open(folder.toUri().toString(), "seed: 1\npartitions: 4\n").close();
        assertThat(Files.readString(folder.resolve("job.yaml"))).isEqualTo("seed: 1\npartitions: 4\n");
    }

    @Test
    void takesAnyName() throws IOException {
        Path run = folder.resolve("a b%20c#d+é");
        for (int round = 0; round < 2; round++) {
            try (RunFolder opened = Runs.open(run)) {
                RoundWriter writer = Runs.write(opened, round);
                writer.work().writeOnce("qed/1", Content.of("state"));
                assertThat(writer.work().open("qed/1")).hasContent("state");
                writer.commit(Runs.metrics(round));
                assertThat(opened.lastRound().orElseThrow().round()).isEqualTo(round);
            }
        }
        assertThat(Runs.files(run)).hasSize(9);
    }

    @Test
    void refusesTheFolderOfAnotherJob() throws IOException {
        try (RunFolder run = Runs.open(folder)) {
            Runs.commit(run, 0);
        }
        refuses(
                folder.toString(),
                "seed: 2\nrounds: 3\npartitions: 2\n",
                "it is the run of another job (seed is 1 there and 2 here; rounds is absent there and 3 here);"
                        + " use another --run-dir");
        assertThat(Files.readString(folder.resolve("job.yaml"))).isEqualTo(Runs.JOB);
        Runs.open(folder).close();
    }

    @Test
    void anotherJobMayBeginWhereNoRoundWasCommitted() throws IOException {
        try (RunFolder run = Runs.open(folder)) {
            Runs.write(run, 0);
        }
        String other = Runs.JOB.replace("seed: 1", "seed: 2");
        assertThat(RunFolder.isBegun(folder.toString(), new Configuration())).isFalse();
        try (RunFolder run = Runs.open(folder.toString(), other)) {
            assertThat(Files.readString(folder.resolve("job.yaml"))).isEqualTo(other);
            assertThat(Runs.commit(run, 0).round()).isZero();
        }
        assertThat(RunFolder.isBegun(folder.toString(), new Configuration())).isTrue();
        refuses(
                folder.toString(),
                Runs.JOB,
                "it is the run of another job (seed is 2 there and 1 here); use another --run-dir");
    }

    @Test
    void aJobFileAloneIsNoTryOfOurs() throws IOException {
        Files.writeString(folder.resolve("job.yaml"), "seed: 2\n");
        refuses(
                folder.toString(),
                "seed: 1\n",
                "it is the run of another job (seed is 2 there and 1 here); use another --run-dir");
        assertThat(Files.readString(folder.resolve("job.yaml"))).isEqualTo("seed: 2\n");
    }

    @Test
    void refusesAJobThatCannotBeRead() throws IOException {
        Files.writeString(folder.resolve("job.yaml"), "seed: [1");
        refuses(
                folder.toString(),
                Runs.JOB,
                "its job.yaml cannot be read (Cannot read YAML: expected ',' or ']', but got <stream end> at line 1)");
    }

    @Test
    void refusesAFolderOfOtherThings() throws IOException {
        Files.writeString(folder.resolve("notes.txt"), "mine");
        refuses(folder.toString(), Runs.JOB, "it is not a run folder (it contains notes.txt and no job.yaml)");
        assertThat(Runs.files(folder)).containsExactly("notes.txt");
        assertThatThrownBy(() -> Rounds.of(folder.toString(), new Configuration()))
                .isInstanceOf(RefusedRunException.class)
                .hasMessage("Cannot use run folder %s: it is not a run folder (job.yaml is missing)".formatted(folder));
    }

    @Test
    void refusesAPlaceBelowAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        refuses(file.toString(), Runs.JOB, file + " is a file");
        refuses(file.resolve("a/b").toString(), Runs.JOB, file + " is a file");
    }

    @Test
    void refusesAPlaceThatCannotBeMade() {
        refuses(folder.resolve("x".repeat(300)).toString(), Runs.JOB, "it cannot be made (the file system refuses)");
        refuses("nosuch://host/run", Runs.JOB, "No FileSystem for scheme \"nosuch\"");
        assertThatThrownBy(() -> Rounds.of("nosuch://host/run", new Configuration()))
                .hasMessage("Cannot use run folder nosuch://host/run: No FileSystem for scheme \"nosuch\"");
        refuses("", Runs.JOB, "Invalid location: none (must name a file or a folder)");
    }

    @Test
    void removesOldPoliciesButNotTheLastNorTheBest() throws IOException {
        try (RunFolder run = Runs.open(folder)) {
            for (int round = 0; round < 5; round++) {
                Runs.commit(run, round);
                run.prune(2, Set.of(1));
            }
            for (int round = 0; round < 5; round++) {
                CommittedRound read = run.round(round).verify();
                boolean kept = round == 1 || round > 2;
                assertThat(read.folder("policy").exists("model.safetensors")).isEqualTo(kept);
                assertThat(read.folder("state/critics").exists("qed.safetensors"))
                        .isEqualTo(kept);
                assertThat(read.isPruned("policy")).isEqualTo(!kept);
                assertThat(read.isPruned("blend.json")).isFalse();
                assertThat(read.read("blend.json")).isEqualTo("{\"alpha\":[0.5,0.5]}");
                assertThat(read.sha256("policy/model.safetensors")).isPresent();
            }
            assertThat(run.rounds().all()).hasSize(5);
            assertThatThrownBy(() -> run.prune(0, Set.of(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Invalid keep-rounds: 0 (must be at least 1)");
        }
    }

    @Test
    void goesOnRemovingWhatAKilledDriverBeganToRemove() throws IOException {
        try (RunFolder run = Runs.open(folder)) {
            Runs.commit(run, 0);
            Runs.commit(run, 1);
        }
        Files.writeString(folder.resolve("rounds/00000/pruned.json"), "{\"pruned\":[\"policy\",\"state\"]}");
        try (RunFolder run = Runs.open(folder)) {
            run.round(0).verify();
            run.prune(1, Set.of(1));
            assertThat(run.round(0).verify().folder("policy").exists("model.safetensors"))
                    .isFalse();
        }
    }

    @Test
    void replacesFilesAtOnce() throws IOException {
        try (RunFolder run = Runs.open(folder)) {
            run.rewrite("summary.json", "{}");
            run.rewrite("summary.json", "{\"status\":\"done\"}");
        }
        assertThat(Files.readString(folder.resolve("summary.json"))).isEqualTo("{\"status\":\"done\"}");
        assertThat(Runs.files(folder)).containsExactly("job.yaml", "summary.json");
    }

    private static void refuses(String uri, String job, String why) {
        assertThatThrownBy(() -> Runs.open(uri, job))
                .isInstanceOf(RefusedRunException.class)
                .hasMessage("Cannot use run folder %s: %s".formatted(uri, why));
    }
}
