package io.solera.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;

import io.solera.checkpoint.Policy;
import io.solera.cluster.Described;
import io.solera.cluster.Slots;
import io.solera.jobs.console.ExitCode;
import io.solera.jobs.console.TaskProgress;
import io.solera.jobs.input.Models;
import io.solera.jobs.options.OverwriteOption;
import io.solera.jobs.options.RoundOption;
import io.solera.jobs.session.SparkSessions;
import io.solera.model.Completion;
import io.solera.model.SamplingSettings;
import io.solera.problem.RequestException;
import io.solera.rl.RandomKey;
import io.solera.score.ProgressLine;
import io.solera.table.Tables;
import io.solera.table.file.TableFormat;
import io.solera.table.output.OutputPath;
import io.solera.table.output.TableWriter;
import io.solera.train.history.OutputKind;
import io.solera.train.memory.MemoryNeed;
import io.solera.train.memory.MemoryRoom;
import io.solera.train.rollout.MicroBatch;
import io.solera.train.rollout.Prompts;
import io.solera.train.rollout.Rollout;
import io.solera.train.rollout.RolloutSample;
import io.solera.train.rollout.SampleColumns;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "sample",
        mixinStandardHelpOptions = true,
        description = {
            "Sample molecules, sequences or texts from a policy.",
            "The same seed draws the same samples in the same order, however many cores or executors there are. "
                    + "Samples are written unchanged: a few strings may not be valid SMILES, and some may occur twice."
        },
        footer = {
            "",
            "Examples:",
            "  solera sample --count 10",
            "  solera sample --model runs/my-run --round last --count 100000 --output library.csv"
        })
final class SampleCommand implements Callable<Integer> {
    private static final int MICRO_BATCH = 64;

    @Option(
            names = "--model",
            defaultValue = Models.PRIOR,
            paramLabel = "FOLDER",
            description =
                    "The policy: a folder in the Hugging Face layout or a run folder, on any Hadoop file system, or "
                            + "prior, which"
                            + " ships with Solera (default: ${DEFAULT-VALUE}).")
    private String model = "";

    @Mixin
    private RoundOption round = new RoundOption();

    @Option(
            names = "--count",
            defaultValue = "1000",
            paramLabel = "N",
            description = "Samples to draw (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(
            names = "--temperature",
            defaultValue = "1",
            paramLabel = "T",
            description = "Logits are divided by it: below 1 more typical samples, above 1 more unusual ones "
                    + "(default: ${DEFAULT-VALUE}).")
    private double temperature;

    @Option(
            names = "--top-k",
            defaultValue = "0",
            paramLabel = "N",
            description = "Sample among the N most probable tokens only; 0: among all (default: ${DEFAULT-VALUE}).")
    private int topK;

    @Option(
            names = "--top-p",
            defaultValue = "1",
            paramLabel = "P",
            description =
                    "Sample among the most probable tokens whose probability together reaches P, above 0 and at most 1"
                            + " (default: ${DEFAULT-VALUE}, among all).")
    private double topP;

    @Option(
            names = "--max-new-tokens",
            paramLabel = "N",
            description = "Maximum length of a sample in tokens (default: the policy's context length).")
    private @Nullable Integer maxNewTokens;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Seed of the samples (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--output",
            paramLabel = "PATH",
            description = "A table (.csv, .parquet, .json, .jsonl) with the columns smiles (text if the policy does"
                    + " not write molecules), sample_id, log_probability (nats), tokens and ended"
                    + " (false: truncated at the maximum length), sequences as FASTA (.fasta), or only the samples"
                    + " (.smi, .txt)."
                    + " Text on a local disk is a single file (default: the samples on standard output).")
    private @Nullable String output;

    @Mixin
    private OverwriteOption overwrite = new OverwriteOption();

    @Override
    public Integer call() throws Exception {
        if (count < 1) {
            throw new RequestException("Invalid count: %d (must be at least 1)".formatted(count));
        }
        if (output != null) {
            TableFormat.of(output);
        }
        long begun = System.nanoTime();
        SparkSessions.run("sample", spark -> {
            Configuration configuration = spark.sparkContext().hadoopConfiguration();
            OutputPath target = output == null ? null : overwrite.path(output, configuration, "sample");
            Models models = new Models(configuration);
            String name = round.resolved(model, models);
            Policy policy = models.policy(name);
            if (target != null) {
                target.requireApart(models.inputs(), configuration);
            }
            String column = OutputKind.molecules(policy, models.folder(name)) ? Tables.SMILES : SampleColumns.TEXT;
            Dataset<Row> samples = samples(spark, policy, column);
            TableFormat format = target == null ? TableFormat.SMILES : TableFormat.of(target.name());
            Dataset<Row> drawn = computed(
                    spark,
                    switch (format) {
                        case SMILES -> samples.select(column);
                        case FASTA -> samples.withColumn("name", concat(lit("sample-"), col(SampleColumns.SAMPLE_ID)));
                        default -> samples;
                    });
            if (target != null) {
                try (Described part = Described.more(spark.sparkContext(), ": writing " + output)) {
                    new TableWriter(target).write(drawn);
                }
            } else {
                drawn.toLocalIterator().forEachRemaining(row -> System.out.println(row.getString(0)));
            }
            // standard output has the samples
            System.err.printf(
                    Locale.ROOT,
                    "%d samples of %s in %.0f s%s%n",
                    count,
                    name,
                    (System.nanoTime() - begun) / 1e9,
                    output == null ? "" : ", written to " + output);
        });
        return ExitCode.DONE;
    }

    private Dataset<Row> samples(SparkSession spark, Policy policy, String column) {
        int longest = policy.config().contextLength() - 1;
        if (maxNewTokens != null && maxNewTokens > longest) {
            throw new RequestException("Invalid max-new-tokens: %d (must be at most %d, what the policy can read)"
                    .formatted(maxNewTokens, longest));
        }
        SamplingSettings sampling =
                new SamplingSettings(maxNewTokens == null ? longest : maxNewTokens, temperature, topK, topP);
        MemoryRoom room = MemoryRoom.of(
                spark.sparkContext().getConf(), spark.sparkContext().defaultParallelism());
        room.check(
                "sample",
                MemoryNeed.ofSampling(policy.config(), MICRO_BATCH, sampling.maxNewTokens(), room.slots()),
                "give it more, or lower --max-new-tokens, or the cores of a process");
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        Broadcast<Policy> shape = context.broadcast(policy);
        Broadcast<Prompts> prompts =
                context.broadcast(Prompts.none(policy.tokenizer().special()));
        List<MicroBatch> draws = MicroBatch.of(
                0, "sample", 0, new int[count], MICRO_BATCH, RandomKey.of(seed).with("sample"));
        JavaRDD<Row> rows = new Rollout(context, shape, prompts, Slots.of(context, draws.size()))
                .sample(draws, draw -> shape.value().initial().whole(), sampling)
                .flatMap(batch -> batch.stream().map(SampleCommand::row).iterator());
        return spark.createDataFrame(
                rows,
                new StructType()
                        .add(column, DataTypes.StringType, false)
                        .add(SampleColumns.SAMPLE_ID, DataTypes.LongType, false)
                        .add("log_probability", DataTypes.DoubleType)
                        .add(SampleColumns.TOKENS, DataTypes.IntegerType, false)
                        .add(SampleColumns.ENDED, DataTypes.BooleanType, false));
    }

    private static Row row(RolloutSample sample) {
        Completion completion = sample.completion();
        double logProbability = 0;
        for (float token : completion.logProbabilities()) {
            logProbability += token;
        }
        return RowFactory.create(
                sample.text(), sample.id(), logProbability, completion.tokens().length, completion.ended());
    }

    /** Drawn on all cores at once: reading a table row by row would draw the partitions sequentially. */
    private Dataset<Row> computed(SparkSession spark, Dataset<Row> samples) {
        Dataset<Row> kept = samples.persist(StorageLevel.MEMORY_AND_DISK());
        try (Described part = Described.more(spark.sparkContext(), ": %d samples of %s".formatted(count, model));
                ProgressLine progress = TaskProgress.show(
                        JavaSparkContext.fromSparkContext(spark.sparkContext()).statusTracker(),
                        "drawing " + count + " samples",
                        samples.rdd().getNumPartitions())) {
            kept.count();
        }
        return kept;
    }
}
