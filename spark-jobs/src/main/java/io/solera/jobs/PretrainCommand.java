package io.solera.jobs;

import io.solera.checkpoint.Gpt2Config;
import io.solera.checkpoint.ModelFolder;
import io.solera.checkpoint.Policy;
import io.solera.checkpoint.file.Folder;
import io.solera.cluster.Described;
import io.solera.jobs.console.ExitCode;
import io.solera.jobs.console.PretrainConsole;
import io.solera.jobs.console.StopNotice;
import io.solera.jobs.input.Models;
import io.solera.jobs.options.RoundOption;
import io.solera.jobs.options.StopOption;
import io.solera.jobs.options.TextFileOptions;
import io.solera.jobs.session.SparkSessions;
import io.solera.meter.RunMeter;
import io.solera.model.InitialWeights;
import io.solera.problem.RequestException;
import io.solera.problem.StopRequest;
import io.solera.rl.AdamW;
import io.solera.rl.RandomKey;
import io.solera.rl.Setting;
import io.solera.table.TableName;
import io.solera.table.Tables;
import io.solera.table.file.TableFormat;
import io.solera.table.output.OutputPath;
import io.solera.text.WordTokenizer;
import io.solera.text.Words;
import io.solera.train.evaluation.KnownSamples;
import io.solera.train.evaluation.SampleKind;
import io.solera.train.history.OutputKind;
import io.solera.train.likelihood.Corpus;
import io.solera.train.likelihood.LikelihoodCheckpoint;
import io.solera.train.likelihood.LikelihoodSettings;
import io.solera.train.likelihood.LikelihoodTraining;
import io.solera.train.likelihood.PretrainData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "pretrain",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Train a policy on molecules, sequences or texts by likelihood, from scratch or from a model.")
final class PretrainCommand implements Callable<Integer> {
    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.99;
    private static final double EPSILON = 1e-8;

    @Option(
            names = "--data",
            required = true,
            split = ",",
            description =
                    "Tables (.csv, .parquet, .json) or text files (the first word of a line, a SMILES or sequence), "
                            + "also .gz.")
    private List<String> data = List.of();

    @Mixin
    private TextFileOptions text = new TextFileOptions();

    @Option(names = "--column", defaultValue = "smiles", description = "The tables' column of texts.")
    private String column = "";

    @Option(
            names = "--tokenizer",
            description = "Tokenizer of a new policy: smiles (the default), amino-acids, kmer(k) for DNA, or bytes.")
    private @Nullable String tokenizer;

    @Option(names = "--output", required = true, description = "The folder of the model and its checkpoints.")
    private String output = "";

    @Option(names = "--model", description = "Start from this policy: prior, a model folder, or a run folder.")
    private @Nullable String model;

    @Mixin
    private RoundOption round = new RoundOption();

    @Mixin
    private StopOption stopping = new StopOption();

    @Option(names = "--standardize", description = "Train on plain forms: no stereo, no salts, no proton charges.")
    private boolean standardize;

    @Option(
            names = "--min-token-count",
            defaultValue = "1",
            description = "Leave out rarer tokens, and texts with them (only for a new policy).")
    private int minTokenCount;

    @Option(names = "--layers", defaultValue = "4", description = "Of a new policy.")
    private int layers;

    @Option(names = "--width", defaultValue = "128", description = "Of a new policy.")
    private int width;

    @Option(names = "--heads", defaultValue = "4", description = "Of a new policy.")
    private int heads;

    @Option(
            names = "--context",
            defaultValue = "112",
            description = "Context length of a new policy in tokens; longer texts are left out.")
    private int context;

    @Option(names = "--epochs", defaultValue = "10")
    private int epochs;

    @Option(names = "--batch-size", defaultValue = "96", description = "Sequences per step.")
    private int batchSize;

    @Option(names = "--micro-batch", defaultValue = "48", description = "Sequences per unit of work.")
    private int microBatch;

    @Option(names = "--learning-rate", defaultValue = "2e-3")
    private double learningRate;

    @Option(names = "--warmup-steps", defaultValue = "300")
    private int warmupSteps;

    @Option(
            names = "--decay-share",
            defaultValue = "0.4",
            description = "Final share of the run in which the learning rate falls to 0.")
    private double decayShare;

    @Option(names = "--weight-decay", defaultValue = "0.01")
    private double weightDecay;

    @Option(names = "--gradient-clip", defaultValue = "1", description = "Maximum norm of a gradient; 0: no limit.")
    private double gradientClip;

    @Option(names = "--held-out-share", defaultValue = "0.01", description = "Share of the texts that is held out.")
    private double heldOutShare;

    @Option(
            names = "--samples",
            defaultValue = "1000",
            description = "Molecules or proteins drawn after each epoch to measure validity.")
    private int samples;

    @Option(names = "--seed", defaultValue = "1")
    private long seed;

    @Option(names = "--checkpoint-steps", defaultValue = "500")
    private int checkpointSteps;

    @Option(
            names = "--resume",
            description = "Resume from the last checkpoint in the output folder; start if there is none, and do "
                    + "nothing if training is done.")
    private boolean resume;

    @Option(names = "--overwrite", description = "Replace a model that pretrain wrote to --output before.")
    private boolean overwrite;

    @Spec
    private @Nullable CommandSpec command;

    private Words words() {
        Words words = Words.named(tokenizer == null ? "smiles" : tokenizer);
        if (model != null && tokenizer != null) {
            throw new RequestException(
                    "Invalid --tokenizer: %s (must not be given with --model, which has its own)".formatted(tokenizer));
        }
        if (standardize && !words.equals(Words.SMILES)) {
            throw new RequestException(
                    "Invalid --standardize: with --tokenizer %s (must be of molecules)".formatted(tokenizer));
        }
        for (String path : data) {
            if (words.bytes() && TableFormat.of(path) == TableFormat.SMILES) {
                throw new RequestException(
                        ("Invalid --data: %s (must be a table with --tokenizer bytes, as of a line in a text file only "
                                        + "the first word is read)")
                                .formatted(path));
            }
        }
        if (minTokenCount > 1 && words.all().isPresent()) {
            throw new RequestException(
                    "Invalid --min-token-count: %d (must be 1 with --tokenizer %s, which has every token)"
                            .formatted(minTokenCount, tokenizer));
        }
        return words;
    }

    @Override
    public Integer call() throws Exception {
        LikelihoodSettings settings = new LikelihoodSettings(
                seed,
                epochs,
                batchSize,
                microBatch,
                learningRate,
                warmupSteps,
                decayShare,
                new AdamW.Settings(BETA_1, BETA_2, EPSILON, weightDecay),
                gradientClip,
                heldOutShare,
                0);
        Words words = words();
        StopRequest stop = StopNotice.request(command, List.of(List.of("--resume")));
        try (StopNotice notice = StopNotice.of(stop, "before its first step", "the step", stopping.longest())) {
            SparkSessions.run("pretrain", spark -> {
                Configuration configuration = spark.sparkContext().hadoopConfiguration();
                OutputPath target = target(configuration);
                List<String> texts = new ArrayList<>();
                for (String path : data) {
                    texts.addAll(Tables.textList(spark, new TableName(path, null, text.options()), column));
                }
                PretrainData corpus = Described.more(
                        spark.sparkContext(), ": standard forms", () -> PretrainData.of(spark, texts, standardize));
                Models models = new Models(configuration);
                String from = model == null ? null : round.resolved(model, models);
                Policy start = from == null ? untrained(words, corpus.texts()) : models.policy(from);
                Corpus sequences = Corpus.of(
                        corpus.texts(),
                        start.tokenizer(),
                        start.config().contextLength(),
                        heldOutShare,
                        RandomKey.of(seed).with("held-out"));
                sequences.requireBatch(batchSize);
                SampleKind kind = OutputKind.possible(start);
                boolean measured = SampleKind.MEASURED.contains(kind);
                KnownSamples known = corpus.known(kind, from == null ? null : models.folder(from));
                if (from != null) {
                    target.requireApart(models.inputs(), configuration);
                }
                Folder folder = resume && target.isOwn() ? target.existing() : target.folder();
                RunMeter.begin();
                PretrainConsole console = new PretrainConsole(spark, folder, known, measured ? samples : 0, seed, stop);
                notice.place(console::place);
                console.begun(sequences, start, settings);
                boolean begun = resume && folder.exists(LikelihoodCheckpoint.FILE);
                LikelihoodTraining.State state = begun
                        ? LikelihoodCheckpoint.read(folder, start)
                        : LikelihoodTraining.State.start(start, RandomKey.of(seed));
                LikelihoodTraining.State trained = new LikelihoodTraining(
                                JavaSparkContext.fromSparkContext(spark.sparkContext()), settings, sequences, console)
                        .run(state, checkpointSteps);
                if (begun && trained.steps() == state.steps()) {
                    System.out.printf("model %s is done already%n", folder.location());
                }
                ModelFolder.write(folder, trained.policy());
                if (measured) {
                    known.write(folder);
                }
                target.finish();
                System.out.println("policy " + folder.location());
            });
        }
        return ExitCode.DONE;
    }

    /** The folder of the model; existing content is only resumed or replaced on request. */
    private OutputPath target(Configuration configuration) throws IOException {
        OutputPath target = OutputPath.ofFolder(output, configuration, "pretrain", overwrite);
        boolean begun = target.isOwn() && target.existing().exists(LikelihoodCheckpoint.FILE);
        if (resume && overwrite) {
            throw new RequestException("Invalid --overwrite: with --resume (must be one of them)");
        }
        if (begun && !resume && !overwrite) {
            throw new RequestException(
                    ("Cannot start in %s: it already holds a training run (resume it with --resume, replace it with "
                                    + "--overwrite, or name another --output)")
                            .formatted(output));
        }
        if (!resume || !target.isOwn()) {
            target.requireReplaceable();
        }
        target.requireApart(data, configuration);
        return target;
    }

    private Policy untrained(Words words, List<String> texts) {
        Setting.require(layers >= 1 && layers <= 10_000, "--layers", layers, "must be 1 to 10000");
        Setting.require(context >= 1 && context <= 1 << 24, "--context", context, "must be 1 to 16777216");
        Setting.require(width >= 1 && width <= 1 << 24, "--width", width, "must be 1 to 16777216");
        Setting.require(heads >= 1 && width % heads == 0, "--heads", heads, "must divide --width, %d".formatted(width));
        WordTokenizer untrained = WordTokenizer.of(words, texts, minTokenCount);
        Gpt2Config config = Gpt2Config.of(untrained.size(), context, width, layers, heads);
        return new Policy(
                config, untrained, InitialWeights.of(config, RandomKey.of(seed).with("initial-weights")));
    }
}
