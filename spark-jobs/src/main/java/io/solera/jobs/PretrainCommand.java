package io.solera.jobs;

import io.solera.checkpoint.Gpt2Config;
import io.solera.checkpoint.LocalFolder;
import io.solera.checkpoint.ModelFolder;
import io.solera.checkpoint.Policy;
import io.solera.model.InitialWeights;
import io.solera.reward.molecule.StandardSmiles;
import io.solera.rl.RandomKey;
import io.solera.score.Tables;
import io.solera.text.SmilesTokenizer;
import io.solera.train.Corpus;
import io.solera.train.PretrainCheckpoint;
import io.solera.train.PretrainSettings;
import io.solera.train.Pretraining;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "pretrain",
        mixinStandardHelpOptions = true,
        description = "Train a policy on molecules by likelihood, from scratch or from a model.")
final class PretrainCommand implements Callable<Integer> {
    @Option(names = "--data", required = true, split = ",", description = "Tables or text files of SMILES.")
    private List<String> data = List.of();

    @Option(names = "--column", defaultValue = "smiles", description = "The column that holds them (default: smiles).")
    private String column = "";

    @Option(names = "--output", required = true, description = "The folder of the model.")
    private @Nullable Path output;

    @Option(names = "--model", description = "Go on from the policy in this folder.")
    private @Nullable Path model;

    @Option(names = "--standardize", description = "Train on plain forms: no stereo, no salts, no proton charges.")
    private boolean standardize;

    @Option(
            names = "--min-token-count",
            defaultValue = "1",
            description = "Rarer tokens, and texts with them, are left out.")
    private int minTokenCount;

    @Option(names = "--layers", defaultValue = "4")
    private int layers;

    @Option(names = "--width", defaultValue = "128")
    private int width;

    @Option(names = "--heads", defaultValue = "4")
    private int heads;

    @Option(
            names = "--context",
            defaultValue = "128",
            description = "Longest sequence in tokens; longer texts are left out.")
    private int context;

    @Option(names = "--epochs", defaultValue = "10")
    private int epochs;

    @Option(names = "--batch-size", defaultValue = "96")
    private int batchSize;

    @Option(names = "--micro-batch", defaultValue = "48")
    private int microBatch;

    @Option(names = "--learning-rate", defaultValue = "2e-3")
    private double learningRate;

    @Option(names = "--warmup-steps", defaultValue = "300")
    private int warmupSteps;

    @Option(names = "--decay-share", defaultValue = "0.4")
    private double decayShare;

    @Option(names = "--weight-decay", defaultValue = "0.01")
    private double weightDecay;

    @Option(names = "--gradient-clip", defaultValue = "1")
    private double gradientClip;

    @Option(names = "--held-out-share", defaultValue = "0.01")
    private double heldOutShare;

    @Option(names = "--seed", defaultValue = "1")
    private long seed;

    @Option(names = "--checkpoint-steps", defaultValue = "500")
    private int checkpointSteps;

    @Option(names = "--resume", description = "Go on from the last checkpoint in the output folder.")
    private boolean resume;

    @Override
    public Integer call() throws IOException {
        PretrainSettings settings = new PretrainSettings(
                seed,
                epochs,
                batchSize,
                microBatch,
                learningRate,
                warmupSteps,
                decayShare,
                weightDecay,
                gradientClip,
                heldOutShare);
        LocalFolder folder = new LocalFolder(java.util.Objects.requireNonNull(output));
        try (SparkSession spark = SparkSessions.open("pretrain")) {
            List<String> texts = new ArrayList<>();
            for (String path : data) {
                texts.addAll(Tables.textList(spark, path, column));
            }
            if (standardize) {
                texts = JavaSparkContext.fromSparkContext(spark.sparkContext())
                        .parallelize(texts)
                        .flatMap(text -> StandardSmiles.of(text).stream().iterator())
                        .collect();
            }
            Policy start = model == null ? untrained(texts) : ModelFolder.read(new LocalFolder(model));
            Corpus corpus = Corpus.of(
                    texts,
                    start.tokenizer(),
                    start.config().positions(),
                    heldOutShare,
                    RandomKey.of(seed).with("held-out"));
            System.out.printf(
                    "%d training, %d held out, %d skipped, %d tokens in the vocabulary, %d parameters%n",
                    corpus.training().size(),
                    corpus.heldOut().size(),
                    corpus.skipped(),
                    start.tokenizer().vocabulary().size(),
                    start.parameters().size());
            Pretraining.State state = resume ? PretrainCheckpoint.read(folder, start) : Pretraining.State.start(start);
            Pretraining.State trained = new Pretraining(
                            JavaSparkContext.fromSparkContext(spark.sparkContext()),
                            settings,
                            corpus,
                            new Console(folder))
                    .run(state, checkpointSteps);
            ModelFolder.write(folder, trained.policy());
        }
        return 0;
    }

    private Policy untrained(List<String> texts) {
        SmilesTokenizer tokenizer = SmilesTokenizer.of(texts, minTokenCount);
        Gpt2Config config = Gpt2Config.of(tokenizer.vocabulary().size(), context, width, layers, heads);
        return new Policy(
                config, tokenizer, InitialWeights.of(config, RandomKey.of(seed).with("initial-weights")));
    }

    /** One line every hundred steps, and the model so far at every checkpoint. */
    private static final class Console implements Pretraining.Listener {
        private final LocalFolder folder;
        private final long begun = System.nanoTime();
        private long tokens;
        private double nats;
        private int count;
        private int seen;

        Console(LocalFolder folder) {
            this.folder = folder;
        }

        @Override
        public void step(long step, long steps, double loss, double norm, double rate, long batchTokens) {
            tokens += batchTokens;
            nats += loss;
            count++;
            seen++;
            if (count == 100 || seen == 10) {
                double seconds = (System.nanoTime() - begun) / 1e9;
                System.out.printf(
                        "step %d/%d  loss %.4f  gradient %.3f  lr %.2e  %.0f tokens/s  %.0f s left%n",
                        step, steps, nats / count, norm, rate, tokens / seconds, seconds / seen * (steps - step));
                nats = 0;
                count = 0;
            }
        }

        @Override
        public void checkpoint(Pretraining.State state) throws IOException {
            PretrainCheckpoint.write(folder, state);
            ModelFolder.write(folder, state.policy());
        }

        @Override
        public void epoch(int epoch, double heldOutNats) {
            System.out.printf("epoch %d  held-out loss %.4f%n", epoch, heldOutNats);
        }
    }
}
