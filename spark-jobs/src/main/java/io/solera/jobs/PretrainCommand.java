package io.solera.jobs;

import io.solera.checkpoint.Gpt2Config;
import io.solera.checkpoint.LocalFolder;
import io.solera.checkpoint.ModelFolder;
import io.solera.checkpoint.Policy;
import io.solera.model.InitialWeights;
import io.solera.rl.RandomKey;
import io.solera.text.SmilesTokenizer;
import io.solera.train.Corpus;
import io.solera.train.PretrainSettings;
import io.solera.train.Pretraining;
import io.solera.train.SmilesTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "pretrain", description = "Train a policy on molecules by likelihood, from scratch or from a model.")
final class PretrainCommand implements Callable<Integer> {
    @Option(names = "--data", required = true, split = ",", description = "Tables or text files of SMILES.")
    private List<String> data = List.of();

    @Option(names = "--column", defaultValue = "smiles", description = "The column that holds them (default: smiles).")
    private String column = "";

    @Option(names = "--output", required = true, description = "The folder of the model.")
    private @Nullable Path output;

    @Option(names = "--model", description = "Go on from the policy in this folder.")
    private @Nullable Path model;

    @Option(names = "--layers", defaultValue = "4")
    private int layers;

    @Option(names = "--width", defaultValue = "128")
    private int width;

    @Option(names = "--heads", defaultValue = "4")
    private int heads;

    @Option(names = "--context", defaultValue = "128")
    private int context;

    @Option(names = "--max-tokens", defaultValue = "0")
    private int maxTokens;

    @Option(names = "--epochs", defaultValue = "10")
    private int epochs;

    @Option(names = "--batch-size", defaultValue = "128")
    private int batchSize;

    @Option(names = "--micro-batch", defaultValue = "64")
    private int microBatch;

    @Option(names = "--learning-rate", defaultValue = "1e-3")
    private double learningRate;

    @Option(names = "--warmup-steps", defaultValue = "200")
    private int warmupSteps;

    @Option(names = "--weight-decay", defaultValue = "0.01")
    private double weightDecay;

    @Option(names = "--gradient-clip", defaultValue = "1")
    private double gradientClip;

    @Option(names = "--held-out-share", defaultValue = "0.01")
    private double heldOutShare;

    @Option(names = "--seed", defaultValue = "1")
    private long seed;

    @Override
    public Integer call() throws IOException {
        PretrainSettings settings = new PretrainSettings(
                seed,
                epochs,
                batchSize,
                microBatch,
                learningRate,
                warmupSteps,
                weightDecay,
                gradientClip,
                heldOutShare);
        Path folder = java.util.Objects.requireNonNull(output);
        try (SparkSession spark = SparkSessions.open("pretrain", 0)) {
            List<String> texts = new ArrayList<>();
            data.forEach(path -> texts.addAll(SmilesTable.read(spark, path, column)));
            Policy start = model == null ? untrained(texts) : ModelFolder.read(new LocalFolder(model));
            int limit = maxTokens == 0 ? start.config().positions() : maxTokens;
            Corpus corpus = Corpus.of(
                    texts,
                    start.tokenizer(),
                    limit,
                    heldOutShare,
                    RandomKey.of(seed).with("held-out"));
            System.out.printf(
                    "%d training, %d held out, %d skipped, %d tokens in the vocabulary, %d parameters%n",
                    corpus.training().size(),
                    corpus.heldOut().size(),
                    corpus.skipped(),
                    start.tokenizer().vocabulary().size(),
                    start.parameters().size());
            Pretraining.State trained = new Pretraining(
                            JavaSparkContext.fromSparkContext(spark.sparkContext()),
                            settings,
                            corpus,
                            new Console(folder))
                    .run(Pretraining.start(start));
            ModelFolder.write(new LocalFolder(folder), trained.policy());
        }
        return 0;
    }

    private Policy untrained(List<String> texts) {
        SmilesTokenizer tokenizer = SmilesTokenizer.of(texts);
        Gpt2Config config = Gpt2Config.of(tokenizer.vocabulary().size(), context, width, layers, heads);
        return new Policy(
                config, tokenizer, InitialWeights.of(config, RandomKey.of(seed).with("initial-weights")));
    }

    /** One line every hundred steps, and the model so far after every epoch. */
    private static final class Console implements Pretraining.Listener {
        private final Path folder;
        private final long begun = System.nanoTime();
        private long tokens;
        private double nats;
        private int count;

        Console(Path folder) {
            this.folder = folder;
        }

        @Override
        public void step(int epoch, long step, long steps, double loss, double norm, double rate, long batchTokens) {
            tokens += batchTokens;
            nats += loss;
            count++;
            if (count == 100 || step == 10) {
                double seconds = (System.nanoTime() - begun) / 1e9;
                System.out.printf(
                        "epoch %d  step %d/%d  loss %.4f  gradient %.3f  lr %.2e  %.0f tokens/s  %.0f s left%n",
                        epoch + 1,
                        step,
                        steps,
                        nats / count,
                        norm,
                        rate,
                        tokens / seconds,
                        seconds / step * (steps - step));
                nats = 0;
                count = 0;
            }
        }

        @Override
        public void epoch(int epoch, double heldOutNats, Pretraining.State state) {
            System.out.printf("epoch %d  held-out loss %.4f%n", epoch + 1, heldOutNats);
            try {
                ModelFolder.write(new LocalFolder(folder.resolve("epochs/" + (epoch + 1))), state.policy());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
