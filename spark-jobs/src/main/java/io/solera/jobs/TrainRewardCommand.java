package io.solera.jobs;

import io.solera.checkpoint.Folder;
import io.solera.reward.learned.FingerprintNetwork;
import io.solera.reward.learned.LabelledMolecules;
import io.solera.reward.learned.LearnedModel;
import io.solera.reward.learned.NetworkSettings;
import io.solera.reward.learned.NetworkTraining;
import io.solera.reward.learned.Split;
import io.solera.reward.learned.Task;
import io.solera.rl.RandomKey;
import io.solera.score.LabelledTable;
import io.solera.score.OutputPath;
import io.solera.score.Tables;
import io.solera.store.HadoopFolder;
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
import picocli.CommandLine.Option;

@Command(
        name = "train-reward",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Train a network on a table of molecules and labels, to be used as a reward.",
            "It is judged on a fifth of the molecules beside a linear model, then trained once more on all of them. Use the result as"
                    + " activity(model=FOLDER), or prediction(model=FOLDER) for a regression."
        },
        footer = {
            "",
            "Examples:",
            "  solera train-reward --data actives.csv --labels active --output models/mine",
            "  solera train-reward --data jak2.csv --labels pic50 --split random --output models/jak2",
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

    @Option(
            names = "--data",
            required = true,
            paramLabel = "PATH",
            description = "A table with a column of SMILES and columns of labels: .csv, .parquet, .json; also .gz.")
    private String data = "";

    @Option(
            names = "--column",
            defaultValue = Tables.SMILES,
            paramLabel = "NAME",
            description = "The column of SMILES.")
    private String column = "";

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
            defaultValue = "both",
            paramLabel = "BY",
            description = "What the network is judged on: random, scaffold (new frameworks only) or both.")
    private SplitBy split = SplitBy.BOTH;

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
        NetworkSettings settings = new NetworkSettings(
                hidden, dropout, learningRate, l2, positiveWeight, batchSize, epochs, patience, seed);
        try (SparkSession spark = SparkSessions.open("train-reward")) {
            Configuration configuration = spark.sparkContext().hadoopConfiguration();
            Folder folder = HadoopFolder.of(output, configuration);
            // before any work: whether it may be written
            OutputPath.of(output + "/config.json", configuration, overwrite);
            OutputPath foldsFile = folds == null ? null : OutputPath.of(folds, configuration, overwrite);
            LabelledTable table = LabelledTable.read(spark, data, column, labels, task);
            RewardCard card = new RewardCard(table, command(table), notice());
            System.out.println(card.data());
            Learnable.require(table);
            Folds written = new Folds();
            if (split == SplitBy.BOTH) {
                judge(table, settings, SplitBy.SCAFFOLD, card, written);
            }
            NetworkTraining.Trained judged =
                    judge(table, settings, split == SplitBy.BOTH ? SplitBy.RANDOM : split, card, written);
            card.print(System.out);
            if (foldsFile != null) {
                foldsFile.write(written::write);
            }
            write(table, settings, judged, card, folder);
            System.out.println("written to " + folder.location());
        }
        return ExitCode.DONE;
    }

    /** What makes the same model again, for the card. */
    private String command(LabelledTable table) {
        return String.join(
                " ",
                "solera train-reward",
                "--data " + data.substring(data.lastIndexOf('/') + 1),
                "--column " + column,
                "--labels " + String.join(",", table.tasks()),
                "--task " + table.task().text(),
                "--split " + split.name().toLowerCase(Locale.ROOT),
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
            LabelledTable table, NetworkSettings settings, SplitBy by, RewardCard card, Folds folds) {
        RandomKey key = RandomKey.of(settings.seed()).with("split");
        Split split = by == SplitBy.SCAFFOLD
                ? Split.scaffold(table.scaffolds(), key)
                : Split.random(table.molecules().size(), key);
        String name = by.name().toLowerCase(Locale.ROOT);
        Learnable.require(table, split, name);
        NetworkTraining.Trained trained = train(table, split, settings, name + ", network");
        NetworkTraining.Trained linear = train(table, split, settings.linear(), name + ", linear");
        LabelledMolecules test = table.molecules().at(split.test());
        float[][] predictions = trained.network().predict(test.fingerprints());
        folds.add(name, table, split, predictions);
        card.add(name, trained.epochs(), test, predictions, linear.network().predict(test.fingerprints()));
        trained.network().close();
        linear.network().close();
        return trained;
    }

    private static NetworkTraining.Trained train(
            LabelledTable table, Split split, NetworkSettings settings, String name) {
        return new NetworkTraining(
                        table.task(),
                        table.molecules().at(split.training()),
                        table.molecules().at(split.validation()),
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

    /** The network that is kept learns from every molecule, for as long and calibrated as the one that was judged last. */
    private static void write(
            LabelledTable table,
            NetworkSettings settings,
            NetworkTraining.Trained judged,
            RewardCard card,
            Folder folder)
            throws IOException {
        NetworkTraining.Trained all = new NetworkTraining(
                        table.task(),
                        table.molecules(),
                        table.molecules().at(new int[0]),
                        settings.epochs(judged.epochs()),
                        (epoch, loss, validation) -> System.out.printf(
                                Locale.ROOT, "all molecules      epoch %2d  loss %.4f%n", epoch, loss))
                .train();
        try (FingerprintNetwork plain = all.network();
                FingerprintNetwork calibrated = plain.calibrated(judged.calibration())) {
            LearnedModel.of(table.tasks(), calibrated, table.molecules()).write(folder, card.json());
        }
        text(folder, "README.md", card.markdown());
        if (table.task() == Task.CLASSIFICATION) {
            text(folder, "calibration.svg", card.calibration());
        }
    }

    private static void text(Folder folder, String name, String text) throws IOException {
        try (Writer out = new OutputStreamWriter(folder.create(name), StandardCharsets.UTF_8)) {
            out.write(text);
        }
    }
}
