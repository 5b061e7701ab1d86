package io.solera.jobs;

import io.solera.fit.LabelledTable;
import io.solera.fit.RewardCard;
import io.solera.fit.RewardFit;
import io.solera.fit.SplitBy;
import io.solera.jobs.console.ExitCode;
import io.solera.jobs.input.Models;
import io.solera.jobs.options.FeatureOptions;
import io.solera.jobs.options.NetworkOptions;
import io.solera.jobs.options.TextFileOptions;
import io.solera.jobs.session.SparkSessions;
import io.solera.reward.learned.LearnedModel;
import io.solera.reward.learned.Task;
import io.solera.reward.learned.encoding.Encoding;
import io.solera.reward.learned.training.NetworkSettings;
import io.solera.table.TableName;
import io.solera.table.output.OutputPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
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
            "It is tested on a fifth of them, next to a linear model, then trained again on all of them. Use the "
                    + "result as"
                    + " activity(model=FOLDER), or prediction(model=FOLDER) for a regression; for sequences as "
                    + "protein_prediction or dna_prediction, for the hidden state of a policy as head."
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
            description = "Columns of numbers, one task each, empty if not measured (default: all columns of numbers).")
    private List<String> labels = List.of();

    @Option(
            names = "--task",
            paramLabel = "KIND",
            description = "classification or regression (default: a classification when all labels are 0 or 1).")
    private @Nullable Task task;

    @Option(
            names = "--split",
            paramLabel = "BY",
            description = "The test split: random, scaffold (only new scaffolds), both, or for proteins cluster (only "
                    + "new families). Default: both; random for sequences and texts.")
    private @Nullable SplitBy split;

    @Mixin
    private NetworkOptions network = new NetworkOptions();

    @Option(names = "--output", required = true, paramLabel = "FOLDER", description = "The folder of the model.")
    private String output = "";

    @Option(names = "--overwrite", description = "Replace the existing model.")
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
        NetworkSettings asked = network.settings();
        NetworkSettings settings = features.linear() ? asked.linear() : asked;
        SplitBy by = SplitBy.of(split, features.kind());
        SparkSessions.run("train-reward", spark -> {
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
            RewardFit fit = new RewardFit(table, settings, TrainRewardCommand::print);
            RewardFit.Judged judged = fit.judge(by, card);
            card.print(System.out);
            if (foldsFile != null) {
                foldsFile.write(judged.rows()::write);
            }
            LearnedModel kept = fit.kept(judged.last());
            fit.write(kept, card, folder.folder());
            folder.finish();
            card.warnings().forEach(System.out::println);
            System.out.printf(
                    "written to %s; use it as %s(model='%s'%s)%n",
                    folder.name(),
                    fit.reward(),
                    output.replace("'", "''"),
                    table.tasks().size() == 1 ? "" : ", task=" + table.tasks().get(0));
        });
        return ExitCode.DONE;
    }

    /** The command that trains the same model again, for the card. */
    private String command(LabelledTable table, SplitBy by) {
        return String.join(
                " ",
                "solera train-reward",
                "--data " + data.substring(data.lastIndexOf('/') + 1),
                String.join(" ", features.words(table.encoding())),
                "--column " + features.column(column),
                "--labels " + String.join(",", table.tasks()),
                "--task " + table.task().text(),
                "--split " + by.text(),
                String.join(" ", network.words()));
    }

    private @Nullable String notice() throws IOException {
        return notice != null && Files.isRegularFile(Path.of(notice))
                ? Files.readString(Path.of(notice)).strip()
                : notice;
    }

    private static void print(String network, int epoch, double loss, double validation) {
        System.out.printf(Locale.ROOT, "%-18s epoch %2d  loss %.4f", network, epoch, loss);
        if (!Double.isNaN(validation)) {
            System.out.printf(Locale.ROOT, "  validation %.4f", validation);
        }
        System.out.println();
    }
}
