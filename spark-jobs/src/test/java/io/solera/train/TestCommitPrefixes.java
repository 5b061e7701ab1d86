package io.solera.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.solera.config.TrainJob;
import io.solera.store.CommittedRound;
import io.solera.store.RoundWriter;
import io.solera.store.Rounds;
import io.solera.store.RunFolder;
import io.solera.store.Runs;
import io.solera.store.storage.Deletion;
import io.solera.store.storage.RecordedDisk;
import io.solera.store.storage.RecordedDisk.Kind;
import io.solera.store.storage.RecordedDisk.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Everything that a run does to its folder is noted, from its first folder to its last file: each beginning of that,
 * and each with half of a last write, is a run after one round or after the next, which can be resumed.
 */
class TestCommitPrefixes {
    private static final List<String> SETTINGS =
            List.of("rounds=2", "steps-per-round=2", "keep-rounds=1", "execution=staged", "optimizer.moments=keep");
    private static final Configuration PLAIN = new Configuration();
    private static final Configuration UNSYNCED = RecordedDisk.unsynced();
    private static final TrainJob JOB = TrainJob.read(TinyRun.job(""), SETTINGS);

    private static final Map<Integer, Map<String, String>> ROUNDS = new HashMap<>();

    @TempDir
    private static Path folder;

    private static List<Step> steps = List.of();

    @BeforeAll
    static void run() throws IOException {
        Configuration configuration = TinyRun.spark().sparkContext().hadoopConfiguration();
        Path run = folder.resolve("run");
        RecordedDisk.record(configuration, run);
        try {
            TinyRun.run(run, TinyRun.job(""), SETTINGS, TinyRun.SILENT);
        } finally {
            RecordedDisk.end(configuration);
        }
        steps = RecordedDisk.steps();
        for (CommittedRound round : Rounds.of(run.toString(), PLAIN).all()) {
            ROUNDS.put(round.round(), TinyRun.hashes(round));
        }
        assertThat(ROUNDS).containsOnlyKeys(0, 1, 2);
    }

    @Test
    void eachIsTheOldStateOrTheNewOneAndCanBeResumed() throws IOException {
        Path copy = folder.resolve("copy");
        int done = -1;
        List<Integer> commits = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (step.kind() == Kind.WRITE) {
                step.tornIn(copy);
                assertThat(checked(copy, "half of " + i + ": " + step)).isEqualTo(done);
                step.restIn(copy);
            } else {
                step.in(copy);
            }
            int now = checked(copy, i + ": " + step);
            if (now != done) {
                assertThat(now).as("%d: %s", i, step).isEqualTo(done + 1);
                assertThat(step).as("what commits").satisfies(TestCommitPrefixes::isManifestLink);
                commits.add(i);
                done = now;
            }
        }
        assertThat(commits).hasSize(3);
        assertThat(Runs.files(copy)).isEqualTo(Runs.files(folder.resolve("run")));
    }

    /** Where a run is cut off that is then trained to its end. */
    enum Cut {
        FIRST_ROUND_HALF_WRITTEN(step -> isWrite(step, "rounds/00000/\\w{8}/policy/model.safetensors")),
        STEP_HALF_WRITTEN(step -> isWrite(step, "rounds/00002/work/.*")),
        POLICY_HALF_WRITTEN(step -> isWrite(step, "rounds/00002/\\w{8}/policy/model.safetensors")),
        MANIFEST_HALF_WRITTEN(step -> isWrite(step, "rounds/00002/\\.manifest.*")),
        COMMITTED_WITH_ITS_STEPS(step -> isManifestLink(step, "rounds/00001/manifest.json")),
        HALF_REMOVED(step -> step.kind() == Kind.DELETE && step.name().matches("rounds/00001/\\w{8}/state/.*")),
        SUMMARY_HALF_WRITTEN(step -> isWrite(step, "\\.summary.*"));

        private final Predicate<Step> last;

        Cut(Predicate<Step> last) {
            this.last = last;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRunThatIsCutOffEndsInTheSameBytes(Cut cut) throws IOException {
        int last = IntStream.range(0, steps.size())
                .filter(i -> cut.last.test(steps.get(i)))
                .findFirst()
                .orElseThrow();
        Path run = folder.resolve(cut.name());
        for (Step step : steps.subList(0, last)) {
            step.in(run);
        }
        if (steps.get(last).kind() == Kind.WRITE) {
            steps.get(last).tornIn(run);
        } else {
            steps.get(last).in(run);
        }
        Runs.leave(run);
        assertThat(TinyRun.run(run, TinyRun.job(""), SETTINGS, TinyRun.SILENT)).isEqualTo(ROUNDS.get(2));
        assertThat(Runs.shapes(run)).isEqualTo(Runs.shapes(folder.resolve("run")));
    }

    private static boolean isWrite(Step step, String name) {
        return step.kind() == Kind.WRITE && step.name().matches(name);
    }

    private static boolean isManifestLink(Step step, String name) {
        return step.kind() == Kind.LINK && step.name().matches(name);
    }

    private static void isManifestLink(Step step) {
        assertThat(isManifestLink(step, "rounds/\\d{5}/manifest.json")).isTrue();
    }

    /** The last round, -1 without; the folder is read, and a copy of it is taken over and gets the next round. */
    private static int checked(Path run, String what) throws IOException {
        int last = read(run, what);
        Path taken = folder.resolve("taken");
        copy(run, taken);
        Runs.leave(taken);
        try (RunFolder opened = RunFolder.open(
                taken.toString(),
                UNSYNCED,
                JOB.text(),
                text -> TrainJob.read(text, List.of()).identity())) {
            Optional<CommittedRound> resumed = opened.resumedRound();
            assertThat(resumed.map(CommittedRound::round).orElse(-1)).as(what).isEqualTo(last);
            RoundWriter next = opened.begin(last + 1);
            next.write("blend.json", "{}");
            next.commit(Runs.metrics(last + 1));
            assertThat(opened.lastRound().orElseThrow().round()).as(what).isEqualTo(last + 1);
            assertThat(Runs.files(taken.resolve("rounds/%05d".formatted(last + 1))))
                    .as(what)
                    .containsExactly(next.attempt() + "/blend.json", "manifest.json");
            opened.prune(1, Set.of());
        }
        assertThat(Runs.files(taken)).as(what).noneMatch(name -> name.endsWith(".tmp") || name.contains("/work/"));
        return last;
    }

    private static int read(Path run, String what) throws IOException {
        if (Files.exists(run.resolve("summary.json"))) {
            assertThat(JsonParser.parseString(Files.readString(run.resolve("summary.json")))
                            .isJsonObject())
                    .as(what)
                    .isTrue();
        }
        if (!Files.exists(run.resolve("job.yaml"))) {
            assertThat(run.resolve("rounds")).as(what).doesNotExist();
            return -1;
        }
        assertThat(run.resolve("job.yaml")).as(what).hasContent(JOB.text());
        Optional<CommittedRound> last = Rounds.of(run.toString(), PLAIN).last();
        if (last.isEmpty()) {
            return -1;
        }
        assertThat(TinyRun.hashes(last.get()))
                .as(what)
                .isEqualTo(ROUNDS.get(last.get().round()));
        return last.get().round();
    }

    private static void copy(Path from, Path to) throws IOException {
        if (Files.exists(to)) {
            Deletion.temporary(to);
        }
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
