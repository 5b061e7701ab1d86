package io.solera.train;

import io.solera.checkpoint.Gpt2Config;
import io.solera.checkpoint.ModelFolder;
import io.solera.checkpoint.Policy;
import io.solera.checkpoint.file.Folder;
import io.solera.checkpoint.file.LocalFolder;
import io.solera.config.TrainJob;
import io.solera.jobs.input.Models;
import io.solera.model.InitialWeights;
import io.solera.reward.catalogue.Resources;
import io.solera.rl.BlockVector;
import io.solera.rl.RandomKey;
import io.solera.store.CommittedRound;
import io.solera.store.RunFolder;
import io.solera.store.StoredFile;
import io.solera.text.WordTokenizer;
import io.solera.train.evaluation.KnownSamples;
import io.solera.train.evaluation.SampleKind;
import io.solera.train.rollout.Prompts;
import io.solera.train.rollout.RewardSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** A policy that a test can train in seconds: it writes chains of C, N and O, all of which are molecules. */
public final class TinyRun {
    public static final Progress SILENT = Progress.SILENT;

    private TinyRun() {}

    public static SparkSession spark() {
        return SparkSession.builder()
                .master("local[2]")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "2")
                .getOrCreate();
    }

    public static Policy policy() {
        WordTokenizer tokenizer = WordTokenizer.smiles(List.of("CNO"));
        Gpt2Config config = Gpt2Config.of(tokenizer.vocabulary().size(), 16, 16, 2, 2);
        BlockVector weights = InitialWeights.of(config, RandomKey.of(3));
        return new Policy(config, tokenizer, weights.scaledPlus(4, weights));
    }

    static Path model(Path folder) {
        try {
            ModelFolder.write(new LocalFolder(folder), policy());
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A job on heavy molecules that like oil and are fluent, with further keys. */
    public static String job(String more) {
        return """
                rewards:
                  mw: {shaping: 'linear(20, 140)', at-least: 80}
                  logp: {shaping: 'linear(-2, 1)'}
                  fluency: {shaping: 'linear(-3, 0)', weight: 0.5}
                rounds: 2
                steps-per-round: 2
                samples-per-step: 32
                micro-batch: 16
                sampling: {max-new-tokens: 10, temperature: 1}
                algorithm: {name: rloo, epochs: 1, minibatches: 2}
                optimizer: {learning-rate: 0.003, decay: constant}
                evaluation: {samples: 200, round-samples: 100}
                """ + more;
    }

    public static RewardSet rewards(TrainJob job) throws IOException {
        return RewardSet.of(job.rewards(), new Resources() {
            @Override
            public Policy policy(String name) {
                return TinyRun.policy();
            }

            @Override
            public Folder folder(String path) {
                throw new IllegalArgumentException("Cannot open %s: no model is needed".formatted(path));
            }

            @Override
            public InputStream open(String path) {
                throw new IllegalArgumentException("Cannot open %s: no file is needed".formatted(path));
            }
        });
    }

    /** Runs a job to its end, or to where {@code progress} throws, and returns what its rounds hold. */
    public static Map<String, String> run(Path folder, String yaml, List<String> overrides, Progress progress)
            throws IOException {
        TrainJob job = TrainJob.read(yaml, overrides);
        return run(folder, job, rewards(job), progress);
    }

    public static Map<String, String> run(Path folder, TrainJob job, RewardSet rewards, Progress progress)
            throws IOException {
        return run(folder, job, rewards, Prompts.none(policy().tokenizer().special()), progress);
    }

    public static Map<String, String> run(
            Path folder, TrainJob job, RewardSet rewards, Prompts prompts, Progress progress) throws IOException {
        SparkSession spark = spark();
        try (RunFolder run = RunFolder.open(
                folder.toString(),
                spark.sparkContext().hadoopConfiguration(),
                job.text(),
                text -> TrainJob.read(text, List.of()).identity())) {
            Policy reference = job.memory().driverMib() == 0
                    ? new Models(spark.sparkContext().hadoopConfiguration())
                            .trained(model(folder.resolveSibling("model")).toString(), job::trainable, 0)
                    : policy().with(job.trainable(policy().config()));
            KnownSamples known =
                    prompts.present() ? KnownSamples.none() : KnownSamples.of(SampleKind.MOLECULES, Stream.of("CC"));
            new TrainingLoop(spark, job, run, new RunInputs(reference, rewards, prompts, known), progress)
                    .run()
                    .finish(1);
            return hashes(run.lastRound().orElseThrow());
        }
    }

    /** Ends a run in the second step of a round. */
    public static Progress failingIn(int round) {
        return new Progress() {
            @Override
            public void begun(String location, int done, int rounds, List<String> rewards) {}

            @Override
            public void step(int at, String learner, int step, int steps, List<Double> shaped, double done) {
                if (at == round && step == 2) {
                    throw new IllegalStateException("cut");
                }
            }

            @Override
            public void evaluated(
                    int at, List<Double> shaped, double success, double hypervolume, double validity, double done) {}

            @Override
            public void committed(int at) {}
        };
    }

    /** SHA-256 of every file of a round's policy and state. */
    static Map<String, String> hashes(CommittedRound round) {
        return round.files().stream()
                .filter(file -> file.name().startsWith("policy/") || file.name().startsWith("state/"))
                .collect(Collectors.toMap(StoredFile::name, StoredFile::sha256, (a, b) -> a, TreeMap::new));
    }
}
