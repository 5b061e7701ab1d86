package io.solera.jobs;

import io.solera.checkpoint.file.Folder;
import io.solera.fit.LabelChecks;
import io.solera.fit.LabelledKind;
import io.solera.fit.LabelledTable;
import io.solera.fit.RewardCard;
import io.solera.fit.SplitCsv;
import io.solera.jobs.console.ExitCode;
import io.solera.jobs.input.Models;
import io.solera.jobs.session.SparkSessions;
import io.solera.reward.learned.FeatureNetwork;
import io.solera.reward.learned.LabelledTexts;
import io.solera.reward.learned.LearnedModel;
import io.solera.reward.learned.Task;
import io.solera.reward.learned.encoding.Encoding;
import io.solera.reward.learned.encoding.HiddenState;
import io.solera.reward.learned.encoding.OneHot;
import io.solera.reward.learned.training.NetworkSettings;
import io.solera.reward.learned.training.NetworkTraining;
import io.solera.reward.learned.training.Split;
import io.solera.rl.RandomKey;
import io.solera.table.TableName;
import io.solera.table.output.OutputPath;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "train-reward",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Train a network on a table of molecules, sequences or texts and labels, to be used as a reward.",
            "It is judged on a fifth of them beside a linear model, then trained once more on all. Use the result as"
                    + " activity(model=FOLDER), or prediction(model=FOLDER) for a regression; on sequences as"
                    + " protein_prediction or dna_prediction, on the hidden state of a policy as head."
        },
        footer = {
            "",
            "Examples:",
            "  solera train-reward --data actives.csv --labels active --output models/mine",
            "  solera train-reward --data jak2.csv --labels pic50 --split random --output models/jak2",
            "  solera train-reward --data logd.csv --features policy --policy prior --output models/logd",
            "  solera train-reward --data gb1.csv --input protein --column variant --output models/gb1",
            "",
            "Exit codes: 0 done, 2 the request is wrong, 3 the data is wrong, 4 it failed on the way."
        })
final class TrainRewardCommand implements Callable<Integer> {
    /** Which fifth a network is judged on. */
    enum SplitBy {
        SCAFFOLD,
        RANDOM,
        BOTH
    }

    @Mixin
    private TextFileOptions text = new TextFileOptions();

    @Option(
            names = "--data",
            required = true,
            paramLabel = "PATH",
            description = "A table with a column of texts and columns of labels: .csv, .parquet, .json; also .gz.")
    private String data = "";

    @Mixin
    private FeatureOptions features = new FeatureOptions();

    @Option(
            names = "--column",
            paramLabel = "NAME",
            description = "The column of texts (default: smiles, sequence or text, as the input is).")
    private @Nullable String column;

    @Option(
            names = "--labels",
            split = ",",
            paramLabel = "NAME",
            description =
                    "Columns of numbers, one task each, empty where nothing was measured (default: all columns of numbers).")
    private List<String> labels = List.of();

    @Option(
            names = "--task",
            paramLabel = "KIND",
            description = "classification or regression (default: a classification when all labels are 0 or 1).")
    private @Nullable Task task;

    @Option(
            names = "--split",
            paramLabel = "BY",
            description =
                    "What the network is judged on: random, scaffold (new frameworks only) or both. Default: both, of sequences and texts random.")
    private @Nullable SplitBy split;

    @Option(
            names = "--hidden",
            split = ",",
            defaultValue = "256",
            paramLabel = "WIDTH",
            description = "Of the hidden layers.")
    private List<Integer> hidden = List.of();

    @Option(names = "--dropout", defaultValue = "0.5", description = "Of the hidden layers.")
    private double dropout;

    @Option(names = "--learning-rate", defaultValue = "1e-3")
    private double learningRate;

    @Option(names = "--l2", defaultValue = "1e-4", description = "Weight of the squared weights.")
    private double l2;

    @Option(names = "--positive-weight", defaultValue = "1", description = "Of an active against an inactive.")
    private double positiveWeight;

    @Option(names = "--batch-size", defaultValue = "128")
    private int batchSize;

    @Option(names = "--epochs", defaultValue = "30", description = "At most.")
    private int epochs;

    @Option(names = "--patience", defaultValue = "4", description = "Epochs without a better validation loss.")
    private int patience;

    @Option(names = "--seed", defaultValue = "1")
    private long seed;

    @Option(names = "--output", required = true, paramLabel = "FOLDER", description = "The folder of the model.")
    private String output = "";

    @Option(names = "--overwrite", description = "Replace the model that is there.")
    private boolean overwrite;

    @Option(
            names = "--notice",
            paramLabel = "TEXT|FILE",
            description = "Origin and licence of the data, for the model's card.")
    private @Nullable String notice;

    @Option(
            names = "--folds",
            paramLabel = "FILE",
            description =
                    "Also write a CSV of each split: its training molecules, and its test molecules with predictions.")
    private @Nullable String folds;

    @Override
    public Integer call() throws Exception {
        NetworkSettings asked = new NetworkSettings(
                hidden, dropout, learningRate, l2, positiveWeight, batchSize, epochs, patience, seed);
        NetworkSettings settings = features.linear() ? asked.linear() : asked;
        SplitBy by = splitBy();
        try (SparkSession spark = SparkSessions.open("train-reward")) {
            Configuration configuration = spark.sparkContext().hadoopConfiguration();
            OutputPath folder = OutputPath.ofFolder(output, configuration, "train-reward", overwrite);
            folder.requireReplaceable();
            folder.requireApart(List.of(data), configuration);
            OutputPath foldsFile =
                    folds == null ? null : OutputPath.of(folds, configuration, "train-reward", overwrite);
            if (foldsFile != null) {
                foldsFile.requireApart(List.of(data), configuration);
            }
            String texts = features.column(column);
            Models models = new Models(configuration);
            TableName source = new TableName(data, null, text.options());
            Encoding encoding = features.encoding(spark, source, texts, models);
            System.out.printf("reading %s as %s%n", data, encoding.phrase());
            folder.requireApart(models.inputs(), configuration);
            LabelledTable table = LabelledTable.read(spark, source, texts, labels, task, features.kind(), encoding);
            RewardCard card = new RewardCard(
                    table, command(table, by), notice(), !settings.hidden().isEmpty());
            System.out.println(card.data());
            LabelChecks.require(table);
            SplitCsv written = new SplitCsv(table.kind() == LabelledKind.MOLECULE ? "smiles" : "text");
            if (by == SplitBy.BOTH) {
                judge(table, settings, SplitBy.SCAFFOLD, card, written);
            }
            NetworkTraining.Trained judged =
                    judge(table, settings, by == SplitBy.BOTH ? SplitBy.RANDOM : by, card, written);
            card.print(System.out);
            if (foldsFile != null) {
                foldsFile.write(written::write);
            }
            write(table, settings, judged, card, folder);
            card.warnings().forEach(System.out::println);
            System.out.printf(
                    "written to %s; use it as %s(model='%s'%s)%n",
                    folder.name(),
                    function(table),
                    output.replace("'", "''"),
                    table.tasks().size() == 1 ? "" : ", task=" + table.tasks().get(0));
        }
        return ExitCode.DONE;
    }

    /** The reward that reads the model. */
    private static String function(LabelledTable table) {
        if (table.encoding() instanceof OneHot oneHot) {
            return oneHot.alphabet().text() + "_prediction";
        }
        return table.encoding() instanceof HiddenState
                ? "head"
                : table.task() == Task.REGRESSION ? "prediction" : "activity";
    }

    private SplitBy splitBy() {
        boolean molecules = features.kind() == LabelledKind.MOLECULE;
        if (split != null && split != SplitBy.RANDOM && !molecules) {
            throw new IllegalArgumentException("Invalid split: %s (must be random: only molecules have scaffolds)"
                    .formatted(split.name().toLowerCase(Locale.ROOT)));
        }
        return split != null ? split : molecules ? SplitBy.BOTH : SplitBy.RANDOM;
    }

    /** What makes the same model again, for the card. */
    private String command(LabelledTable table, SplitBy by) {
        return String.join(
                " ",
                "solera train-reward",
                "--data " + data.substring(data.lastIndexOf('/') + 1),
                String.join(" ", features.words(table.encoding())),
                "--column " + features.column(column),
                "--labels " + String.join(",", table.tasks()),
                "--task " + table.task().text(),
                "--split " + by.name().toLowerCase(Locale.ROOT),
                "--hidden " + hidden.stream().map(String::valueOf).collect(Collectors.joining(",")),
                "--dropout " + dropout,
                "--learning-rate " + learningRate,
                "--l2 " + l2,
                "--positive-weight " + positiveWeight,
                "--batch-size " + batchSize,
                "--epochs " + epochs,
                "--patience " + patience,
                "--seed " + seed);
    }

    private @Nullable String notice() throws IOException {
        return notice != null && Files.isRegularFile(Path.of(notice))
                ? Files.readString(Path.of(notice)).strip()
                : notice;
    }

    private static NetworkTraining.Trained judge(
            LabelledTable table, NetworkSettings settings, SplitBy by, RewardCard card, SplitCsv folds) {
        RandomKey key = RandomKey.of(settings.seed()).with("split");
        Split split = by == SplitBy.SCAFFOLD
                ? Split.scaffold(table.scaffolds(), key)
                : Split.random(table.texts().size(), key);
        String name = by.name().toLowerCase(Locale.ROOT);
        LabelChecks.require(table, split, name);
        NetworkTraining.Trained trained = train(table, split, settings, name + ", network");
        LabelledTexts test = table.texts().at(split.test());
        float[][] predictions = trained.network().predict(test.features());
        folds.add(name, table, split, predictions);
        float[][] linear = predictions;
        if (!settings.hidden().isEmpty()) {
            linear = train(table, split, settings.linear(), name + ", linear")
                    .network()
                    .predict(test.features());
        }
        card.add(name, trained.epochs(), test, predictions, linear);
        return trained;
    }

    private static NetworkTraining.Trained train(
            LabelledTable table, Split split, NetworkSettings settings, String name) {
        return new NetworkTraining(
                        table.task(),
                        table.texts().at(split.training()),
                        table.texts().at(split.validation()),
                        settings,
                        (epoch, loss, validation) -> System.out.printf(
                                Locale.ROOT,
                                "%-18s epoch %2d  loss %.4f  validation %.4f%n",
                                name,
                                epoch,
                                loss,
                                validation))
                .train();
    }

    /** The network that is kept learns from every molecule or text, for as long and calibrated as the one that was judged last. */
    private static void write(
            LabelledTable table,
            NetworkSettings settings,
            NetworkTraining.Trained judged,
            RewardCard card,
            OutputPath output)
            throws IOException {
        NetworkTraining.Trained all = new NetworkTraining(
                        table.task(),
                        table.texts(),
                        table.texts().at(new int[0]),
                        settings.epochs(judged.epochs()),
                        (epoch, loss, validation) -> System.out.printf(
                                Locale.ROOT,
                                "%-18s epoch %2d  loss %.4f%n",
                                "all " + table.kind().plural(),
                                epoch,
                                loss))
                .train();
        Folder folder = output.folder();
        FeatureNetwork calibrated = all.network().calibrated(judged.calibration());
        LearnedModel.of(table.tasks(), table.encoding(), calibrated, table.texts())
                .write(folder, card.json());
        text(folder, "README.md", card.markdown());
        if (table.task() == Task.CLASSIFICATION) {
            text(folder, "calibration.svg", card.calibration());
        }
        output.finish();
    }

    private static void text(Folder folder, String name, String text) throws IOException {
        try (Writer out = new OutputStreamWriter(folder.create(name), StandardCharsets.UTF_8)) {
            out.write(text);
        }
    }
}
