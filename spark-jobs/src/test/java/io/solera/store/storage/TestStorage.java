package io.solera.store.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.store.LocalTwin;
import io.solera.store.LockedRunException;
import io.solera.store.RoundWriter;
import io.solera.store.RunFolder;
import io.solera.store.Runs;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestStorage {
    @TempDir
    private java.nio.file.Path folder;

    @ParameterizedTest
    @CsvSource({"file, LINK", "o3fs, RENAME", "twin, CONDITIONAL_CREATE", "gs, EXCLUSIVE_CREATE", "s3a, SINGLE_WRITER"})
    void publishesOnceAndReplacesWhole(String scheme, Publication expected) throws IOException {
        Storage storage = storage(scheme);
        assertThat(storage.publication()).isEqualTo(expected);
        Path file = new Path(storage.root(), "manifest.json");
        assertThat(storage.publish(file, Content.of("first"))).isTrue();
        assertThat(storage.publish(file, Content.of("second"))).isFalse();
        assertThat(new String(storage.read(file), StandardCharsets.UTF_8)).isEqualTo("first");
        storage.replace(file, Content.of("third"));
        assertThat(Runs.files(folder)).containsExactly("manifest.json");
        assertThat(folder.resolve("manifest.json")).hasContent("third");
    }

    @ParameterizedTest
    @CsvSource({"file", "o3fs", "twin", "gs", "s3a"})
    void contentThatFailsHalfWayLeavesNothing(String scheme) throws IOException {
        Storage storage = storage(scheme);
        Path file = new Path(storage.root(), "state");
        Content failing = out -> {
            out.write(new byte[100_000]);
            throw new IOException("The task was killed");
        };
        assertThatThrownBy(() -> storage.publish(file, failing))
                .isInstanceOf(IOException.class)
                .hasMessage("The task was killed");
        assertThat(Runs.files(folder)).isEmpty();
        storage.replace(file, Content.of("old"));
        assertThatThrownBy(() -> storage.replace(file, failing))
                .isInstanceOf(IOException.class)
                .hasMessage("The task was killed");
        assertThat(Runs.files(folder)).containsExactly("state");
        assertThat(folder.resolve("state")).hasContent("old");
    }

    @ParameterizedTest
    @CsvSource({"file, true", "o3fs, true", "gs, true", "twin, false"})
    void appendsWhereTheFileSystemCan(String scheme, boolean can) throws IOException {
        Storage storage = storage(scheme);
        Path file = new Path(storage.root(), "metrics.jsonl");
        storage.replace(file, Content.of("first\n"));
        assertThat(storage.append(file, Content.of("second\n"))).isEqualTo(can);
        assertThat(folder.resolve("metrics.jsonl")).hasContent(can ? "first\nsecond\n" : "first\n");
    }

    @Test
    void appendsToNoLink() throws IOException {
        java.nio.file.Path other = Files.writeString(folder.resolve("other"), "of somebody else");
        Files.createSymbolicLink(folder.resolve("metrics.jsonl"), other);
        Storage storage = storage("file");
        assertThatThrownBy(() -> storage.append(new Path(storage.root(), "metrics.jsonl"), Content.of("more")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("symbolic links");
        assertThat(other).hasContent("of somebody else");
    }

    @ParameterizedTest
    @CsvSource({"file", "o3fs", "twin"})
    void oneOfManyRacingWritersWins(String scheme) throws Exception {
        Storage storage = storage(scheme);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        for (int i = 0; i < 25; i++) {
            Path file = new Path(storage.root(), "manifest" + i);
            List<Callable<Boolean>> writers = new ArrayList<>();
            for (int w = 0; w < 4; w++) {
                String text = "writer " + w;
                writers.add(() -> storage.publish(file, Content.of(text)));
            }
            int won = 0;
            for (Future<Boolean> writer : threads.invokeAll(writers)) {
                won += writer.get() ? 1 : 0;
            }
            assertThat(won).isEqualTo(1);
            assertThat(storage.read(file)).hasSize(8);
        }
        threads.shutdown();
        assertThat(Runs.files(folder)).hasSize(25);
    }

    @ParameterizedTest
    @CsvSource({"file", "o3fs", "twin", "gs", "s3a"})
    void wholeRunsWorkOnEveryKindOfFileSystem(String scheme) throws IOException {
        String uri = scheme + "://" + folder;
        Configuration configuration = LocalTwin.configuration();
        try (RunFolder run = RunFolder.open(uri, configuration, Runs.JOB, text -> text)) {
            assertThat(run.location()).isEqualTo(scheme.equals("file") ? folder.toString() : scheme + ":" + folder);
            Runs.commit(run, 0);
            RoundWriter writer = Runs.write(run, 1);
            writer.work().writeOnce("qed/1", Content.of("state"));
            writer.commit(Runs.metrics(1));
            run.prune(1, Set.of(1));
            run.rewrite("summary.json", "{}");
            assertThatThrownBy(() -> RunFolder.open(uri, configuration, Runs.JOB, text -> text))
                    .isInstanceOf(LockedRunException.class)
                    .hasMessageContaining("another driver is using it");
        }
        try (RunFolder run = RunFolder.open(uri, configuration, Runs.JOB, text -> text)) {
            assertThat(run.lastRound().orElseThrow().round()).isEqualTo(1);
            run.round(0).verify();
        }
        assertThat(Runs.files(folder)).noneMatch(name -> name.endsWith(".crc") || name.endsWith(".tmp"));
    }

    @Test
    void hadoopFoldersHoldFiles() throws IOException {
        HadoopFolder files = HadoopFolder.of(folder.resolve("model").toUri().toString(), new Configuration());
        assertThat(files.location()).isEqualTo(folder.resolve("model").toString());
        assertThat(files.exists("config.json")).isFalse();
        assertThatThrownBy(() -> files.open("config.json"))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessage("Cannot open %s/model/config.json: no such file".formatted(folder));
        for (String text : List.of("first", "2nd")) {
            try (OutputStream out = files.create("config.json")) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
            assertThat(files.open("config.json")).hasContent(text);
        }
        assertThat(files.exists("config.json")).isTrue();
        assertThat(HadoopFolder.of(folder.toString(), new Configuration()).exists("model"))
                .isFalse();
        assertThat(Runs.files(folder)).containsExactly("model/config.json");
    }

    private Storage storage(String scheme) throws IOException {
        return Storage.of(new Path(scheme + "://" + folder), LocalTwin.configuration());
    }
}
