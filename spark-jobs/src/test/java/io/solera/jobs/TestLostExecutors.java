package io.solera.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.cluster.Described;
import io.solera.jobs.session.SparkSessions;
import io.solera.store.CommittedRound;
import io.solera.store.Rounds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.util.Properties;

/**
 * Executors that are lost at known parts of rounds, on one standing cluster of a driver and two executors, each a
 * process: the same bytes as in one undisturbed process. An executor is killed with SIGKILL when it has begun a task of
 * the part, or told to leave with SIGPWR, which is how Spark is told of a node that goes away.
 */
class TestLostExecutors {
    private static final String JOB = """
            model: %s
            rewards:
              mw: {shaping: 'linear(20, 140)'}
              logp: {shaping: 'linear(-2, 1)'}
            rounds: 2
            steps-per-round: 1
            samples-per-step: 32
            micro-batch: 8
            sampling: {max-new-tokens: 10, temperature: 1}
            algorithm: {name: ppo, epochs: 1, minibatches: 2}
            evaluation: {samples: 32, round-samples: 32}
            """;

    /** Of processes that live for seconds. */
    private static final String BRIEF = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    /** How steps run, by the name of the run. */
    private static final Map<String, List<String>> WAYS = new LinkedHashMap<>();

    static {
        WAYS.put("blocks", List.of("execution=staged", "partitions=1000", "memory.driver-mib=0"));
        WAYS.put("fused", List.of("execution=fused"));
        WAYS.put("staged", List.of("execution=staged", "partitions=1"));
    }

    /**
     * An executor to lose.
     *
     * @param part of a round, as Spark describes its stage
     * @param reads whether the stage reads what another one has shuffled
     */
    private record Fault(String signal, String run, String part, boolean reads) {
        boolean isAt(SparkListenerStageSubmitted stage) {
            return stage.properties().getProperty(Described.GROUP, "").equals("solera: " + run)
                    && Pattern.matches(part, stage.properties().getProperty(Described.DESCRIPTION, ""))
                    && reads == !stage.stageInfo().parentIds().isEmpty();
        }

        String words() {
            return "%s, %s, %s, %s".formatted(signal, run, part, reads ? "after a shuffle" : "first stage");
        }
    }

    private static final List<Fault> FAULTS = List.of(
            // generation, and scoring, which is a stage of its own where executors have devices
            new Fault("KILL", "blocks", "round 1 of 2, step 1 of 1: rollouts of mw, logp", false),
            new Fault("KILL", "blocks", "round 2 of 2, step 1 of 1: rollouts of mw, logp", true),
            // update; AdamW's step reads sums of gradients that executors have shuffled
            new Fault("KILL", "blocks", "round 1 of 2, .* update of .*, the rollout under the reference", false),
            new Fault("KILL", "blocks", "round 2 of 2, .* update of .*, gradients", false),
            new Fault("KILL", "blocks", "round 2 of 2, .* update of .*, step of AdamW", true),
            new Fault("KILL", "fused", "round 1 of 2: all 1 steps of mw, logp", false),
            // reduce
            new Fault("KILL", "blocks", "round 1 of 2: products of the updates", false),
            // commit
            new Fault("KILL", "blocks", "round 2 of 2: evaluation .32 samples.", false),
            new Fault("KILL", "fused", "round 2 of 2: rollouts.parquet", false),
            // a node that goes away with notice
            new Fault("PWR", "staged", "round 2 of 2, .* rollouts and updates of mw, logp", true));

    @TempDir
    private Path folder;

    @Test
    void theSameBytesWhereverAnExecutorIsLost() throws IOException, InterruptedException {
        Path model = TestKilledRun.model(folder.resolve("model"));
        Path job = Files.writeString(folder.resolve("job.yaml"), JOB.formatted(model));
        assertThat(Commands.run("train", "--config", job.toString(), "--run-dir", path("whole"))
                        .code())
                .isZero();
        String log = disturbed();
        assertThat(log.lines().filter(line -> line.startsWith("fault: ")).map(line -> line.substring(7)))
                .containsExactlyInAnyOrderElementsOf(
                        FAULTS.stream().map(Fault::words).toList());
        assertThat(log.lines().filter(line -> line.startsWith("removed: ")))
                .hasSizeGreaterThanOrEqualTo(FAULTS.size())
                .anyMatch(line -> line.contains("ecommission"));
        CommittedRound whole = last("whole");
        for (String run : WAYS.keySet()) {
            for (String file : List.of("policy/model.safetensors", "state/mw.safetensors", "state/logp.safetensors")) {
                assertThat(last(run).sha256(file)).as(run).isPresent().isEqualTo(whole.sha256(file));
            }
        }
    }

    private String disturbed() throws IOException, InterruptedException {
        Map<String, String> settings = new LinkedHashMap<>(Map.of(
                "spark.master", "local-cluster[2,2,1024]",
                "spark.executor.extraClassPath", JavaProcess.classPath(),
                "spark.executor.extraJavaOptions", BRIEF,
                "spark.driver.host", "127.0.0.1",
                "spark.driver.bindAddress", "127.0.0.1",
                "spark.ui.enabled", "false",
                "spark.storage.decommission.replicationReattemptInterval", "1s"));
        for (String of : List.of("worker", "executor", "task")) {
            settings.put("spark.%s.resource.npu.amount".formatted(of), "1");
            settings.put(
                    "spark.%s.resource.npu.discoveryScript".formatted(of),
                    discovery().toString());
        }
        Path log = folder.resolve("log");
        List<String> options = new ArrayList<>(List.of(BRIEF.split(" ")));
        settings.forEach((key, value) -> options.add("-D" + key + "=" + value));
        ProcessBuilder builder = JavaProcess.of(options, Work.class, List.of(folder.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .put(
                        "SPARK_HOME",
                        Files.createDirectories(folder.resolve("home")).toString());
        Files.createDirectories(folder.resolve("home/jars"));
        String scala = Properties.versionNumberString().replaceFirst("\\.\\d+$", "");
        builder.environment().put("SPARK_SCALA_VERSION", scala);
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        Process process = builder.start();
        try {
            assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(log)).isZero();
            return Files.readString(log);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Each executor has one device of a kind that nothing computes on, and two cores. */
    private Path discovery() throws IOException {
        Path script = Files.writeString(
                folder.resolve("discover.sh"), "#!/bin/sh\necho '{\"name\": \"npu\", \"addresses\": [\"0\"]}'\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script;
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private CommittedRound last(String run) throws IOException {
        return Rounds.of(path(run), new Configuration()).last().orElseThrow();
    }

    /** Loses executors of its own process, which is driver, master and workers, and says so. */
    private static final class Losing extends SparkListener {
        private final List<Fault> left = new ArrayList<>(FAULTS);
        private final Map<Integer, SparkListenerStageSubmitted> stages = new ConcurrentHashMap<>();
        private final CountDownLatch removed = new CountDownLatch(FAULTS.size());

        @Override
        public void onStageSubmitted(SparkListenerStageSubmitted stage) {
            stages.put(stage.stageInfo().stageId(), stage);
        }

        @Override
        public void onTaskStart(SparkListenerTaskStart task) {
            SparkListenerStageSubmitted stage = stages.get(task.stageId());
            for (Fault fault : left) {
                if (fault.isAt(stage)) {
                    left.remove(fault);
                    send(fault.signal, task.taskInfo().executorId());
                    System.out.println("fault: " + fault.words());
                    return;
                }
            }
        }

        @Override
        public void onExecutorRemoved(SparkListenerExecutorRemoved executor) {
            System.out.println("removed: " + executor.executorId() + " " + executor.reason());
            removed.countDown();
        }

        /** Waits for an executor that leaves after the last round. */
        void await() throws InterruptedException {
            removed.await(1, TimeUnit.MINUTES);
        }

        private static void send(String signal, String executor) {
            ProcessHandle process = ProcessHandle.current()
                    .descendants()
                    .filter(each -> command(each).contains("--executor-id\0" + executor + "\0"))
                    .findFirst()
                    .orElseThrow();
            try {
                new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                        .inheritIO()
                        .start()
                        .waitFor();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** The whole of it, which Java shortens. */
        private static String command(ProcessHandle process) {
            try {
                return Files.readString(Path.of("/proc/%d/cmdline".formatted(process.pid())));
            } catch (IOException e) { // it has ended
                return "";
            }
        }
    }

    /** Trains in each way. */
    static final class Work {
        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            SparkSessions.run("lost", spark -> {
                Losing losing = new Losing();
                spark.sparkContext().addSparkListener(losing);
                for (Map.Entry<String, List<String>> way : WAYS.entrySet()) {
                    List<String> command = new ArrayList<>(List.of(
                            "train",
                            "--config",
                            folder.resolve("job.yaml").toString(),
                            "--run-dir",
                            folder.resolve(way.getKey()).toString()));
                    way.getValue().forEach(setting -> command.addAll(List.of("--set", setting)));
                    int code = SoleraCommand.execute(command.toArray(String[]::new));
                    if (code != 0) {
                        throw new IllegalStateException("Cannot train " + way.getKey() + ": " + code);
                    }
                }
                losing.await();
            });
            System.exit(0);
        }
    }
}
