package io.solera.fit;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.solera.fit.LabelledTable.LeftOut;
import io.solera.reward.learned.LabelledTexts;
import io.solera.reward.learned.Task;
import io.solera.reward.learned.training.BinaryMeasures;
import io.solera.reward.learned.training.RegressionMeasures;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is told of a learned reward: its data, how it was trained, and how it and a linear model did on what was kept aside. */
public final class RewardCard {
    private final LabelledTable table;
    private final String command;
    private final @Nullable String notice;
    private final boolean baseline;
    private final List<Classes> classes = new ArrayList<>();
    private final List<Values> values = new ArrayList<>();

    /** A classification task on one split. */
    private record Classes(String split, String task, int epochs, BinaryMeasures network, BinaryMeasures linear) {
        /** The area that one of twenty networks that know nothing would reach, by the spread of the rank sum of Mann and Whitney. */
        private double chance() {
            double actives = network.positives();
            double others = network.rows() - actives;
            return 0.5 + 1.645 * Math.sqrt((actives + others + 1) / (12 * actives * others));
        }

        String worth(boolean baseline) {
            return network.rocAuc() <= chance()
                    ? "it is no better than chance: ROC AUC %.3f of %d rows (chance reaches %.3f once in twenty)"
                            .formatted(network.rocAuc(), network.rows(), chance())
                    : baseline && network.averagePrecision() <= linear.averagePrecision()
                            ? "it is no better than a linear model: average precision %.3f, linear %.3f (try --head linear)"
                                    .formatted(network.averagePrecision(), linear.averagePrecision())
                            : "";
        }
    }

    /** A regression task on one split. */
    private record Values(
            String split, String task, int epochs, RegressionMeasures network, RegressionMeasures linear) {
        String worth(boolean baseline) {
            return !(network.r2() > 0)
                    ? "it is no better than chance: R2 %.3f, the mean of the labels has 0".formatted(network.r2())
                    : baseline && network.r2() <= linear.r2()
                            ? "it is no better than a linear model: R2 %.3f, linear %.3f (try --head linear)"
                                    .formatted(network.r2(), linear.r2())
                            : "";
        }
    }

    /**
     * @param command that makes the same model again
     * @param notice origin and licence of the data, null when they were not stated
     * @param baseline whether the linear model is another than the network
     */
    public RewardCard(LabelledTable table, String command, @Nullable String notice, boolean baseline) {
        this.table = table;
        this.command = command;
        this.notice = notice;
        this.baseline = baseline;
    }

    public void add(String split, int epochs, LabelledTexts test, float[][] network, float[][] linear) {
        for (int k = 0; k < table.tasks().size(); k++) {
            String task = table.tasks().get(k);
            float[][] labels = test.labels();
            if (table.task() == Task.CLASSIFICATION) {
                classes.add(new Classes(
                        split,
                        task,
                        epochs,
                        BinaryMeasures.of(network, labels, k),
                        BinaryMeasures.of(linear, labels, k)));
            } else {
                values.add(new Values(
                        split,
                        task,
                        epochs,
                        RegressionMeasures.of(network, labels, k),
                        RegressionMeasures.of(linear, labels, k)));
            }
        }
    }

    /** How much there is to learn from, and what became of the other rows. */
    public String data() {
        LeftOut out = table.leftOut();
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%d rows, %d %s of them (%s of %s); %d repeated",
                out.rows(),
                table.texts().size(),
                table.kind().plural(),
                table.task().text(),
                String.join(", ", table.tasks()),
                out.repeated()));
        count(text, out.unreadable(), "unreadable");
        count(text, out.unnumbered(), "with a label that is no number");
        count(
                text,
                out.conflicting(),
                "labels dropped because rows of one %s disagree"
                        .formatted(table.kind().noun()));
        count(text, out.unlabelled(), table.kind().plural() + " without a label");
        if (!out.first().isEmpty()) {
            text.append(" (").append(String.join("; ", out.first()));
            text.append(out.unreadable() + out.unnumbered() > out.first().size() ? "; ...)" : ")");
        }
        return text.toString();
    }

    private static void count(StringBuilder text, int count, String what) {
        if (count > 0) {
            text.append(", ").append(count).append(' ').append(what);
        }
    }

    public void print(PrintStream out) {
        out.println();
        rows().forEach(out::println);
        out.println();
    }

    /** What a user should hear of a network that is not worth its use: one line per task and split. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        classes.forEach(line -> warn(warnings, line.task, line.split, line.worth(baseline)));
        values.forEach(line -> warn(warnings, line.task, line.split, line.worth(baseline)));
        return warnings;
    }

    private static void warn(List<String> warnings, String task, String split, String worth) {
        if (!worth.isEmpty()) {
            warnings.add("Warning: do not rely on %s, %s split: %s".formatted(task, split, worth));
        }
    }

    /** The table of measures; a Markdown table that also reads well in a terminal. */
    private List<String> rows() {
        List<String> rows = new ArrayList<>();
        if (table.task() == Task.CLASSIFICATION) {
            rows.add(
                    "| task | split | test rows | actives | average precision | linear | ROC AUC | linear | calibration error |");
            rows.add("|---|---|---|---|---|---|---|---|---|");
            for (Classes line : classes) {
                rows.add(String.format(
                        Locale.ROOT,
                        "| %s | %s | %d | %d | %.3f | %.3f | %.3f | %.3f | %.4f |",
                        line.task,
                        line.split,
                        line.network.rows(),
                        line.network.positives(),
                        line.network.averagePrecision(),
                        line.linear.averagePrecision(),
                        line.network.rocAuc(),
                        line.linear.rocAuc(),
                        line.network.calibrationError()));
            }
        } else {
            rows.add("| task | split | test rows | RMSE | linear | R2 | linear | MAE | rank correlation |");
            rows.add("|---|---|---|---|---|---|---|---|---|");
            for (Values line : values) {
                rows.add(String.format(
                        Locale.ROOT,
                        "| %s | %s | %d | %.3f | %.3f | %.3f | %.3f | %.3f | %.3f |",
                        line.task,
                        line.split,
                        line.network.rows(),
                        line.network.rmse(),
                        line.linear.rmse(),
                        line.network.r2(),
                        line.linear.r2(),
                        line.network.mae(),
                        line.network.spearman()));
            }
        }
        return rows;
    }

    public String markdown() {
        StringBuilder text = new StringBuilder();
        text.append("# Reward: ").append(String.join(", ", table.tasks())).append("\n\n");
        text.append("A network on ")
                .append(table.encoding().phrase())
                .append(", made by\n\n```\n")
                .append(command)
                .append("\n```\n\n");
        text.append("Data: ").append(data()).append(".\n\n");
        text.append("Origin and licence of the data: ")
                .append(notice == null ? "not stated (see `--notice`)" : notice)
                .append("\n\n## On a fifth of the ")
                .append(table.kind().plural())
                .append(", kept aside\n\n");
        rows().forEach(row -> text.append(row).append('\n'));
        warnings().forEach(warning -> text.append("\n").append(warning).append(".\n"));
        text.append(
                        "\n\"linear\" is a linear model on the same features and folds. The network in this folder was trained once more on all\n")
                .append(table.kind().plural())
                .append(", for as many epochs as the last row's");
        if (table.task() == Task.REGRESSION) {
            return text.append(".\n").toString();
        }
        text.append(
                ", with that network's calibration (Platt's scaling on a tenth of its\ntraining set).\n\n![calibration](calibration.svg)\n");
        for (Classes line : last()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%nCalibration of %s, %s split:%n%n| predicted | observed | %s |%n|---|---|---|%n",
                    line.task,
                    line.split,
                    table.kind().plural()));
            for (BinaryMeasures.Bin bin : line.network.bins()) {
                if (bin.count() > 0) {
                    text.append(String.format(
                            Locale.ROOT, "| %.3f | %.3f | %d |%n", bin.predicted(), bin.observed(), bin.count()));
                }
            }
        }
        return text.toString();
    }

    public JsonObject json() {
        JsonObject card = new JsonObject();
        card.addProperty("command", command);
        card.addProperty("data", data());
        card.addProperty("notice", notice == null ? "" : notice);
        card.addProperty(table.kind().plural(), table.texts().size());
        JsonArray measures = new JsonArray();
        for (Classes line : classes) {
            JsonObject entry = entry(line.task, line.split, line.epochs);
            entry.addProperty("rows", line.network.rows());
            entry.addProperty("positives", line.network.positives());
            entry.addProperty("average_precision", line.network.averagePrecision());
            entry.addProperty("roc_auc", line.network.rocAuc());
            entry.addProperty("average_precision_linear", line.linear.averagePrecision());
            entry.addProperty("roc_auc_linear", line.linear.rocAuc());
            entry.addProperty("brier", line.network.brier());
            entry.addProperty("calibration_error", line.network.calibrationError());
            entry.add("calibration", bins(line.network.bins()));
            measures.add(entry);
        }
        for (Values line : values) {
            JsonObject entry = entry(line.task, line.split, line.epochs);
            entry.addProperty("rows", line.network.rows());
            entry.addProperty("rmse", line.network.rmse());
            entry.addProperty("mae", line.network.mae());
            entry.addProperty("r2", line.network.r2());
            // no number of JSON: predictions that are all the same
            if (!Double.isNaN(line.network.spearman())) {
                entry.addProperty("spearman", line.network.spearman());
            }
            entry.addProperty("rmse_linear", line.linear.rmse());
            entry.addProperty("r2_linear", line.linear.r2());
            measures.add(entry);
        }
        card.add("measures", measures);
        JsonArray warnings = new JsonArray();
        warnings().forEach(warnings::add);
        card.add("warnings", warnings);
        return card;
    }

    /** The calibration on the last split, a picture per task. */
    public String calibration() {
        return CalibrationPicture.of(
                last().stream().map(Classes::task).toList(),
                last().stream().map(line -> line.network.bins()).toList());
    }

    /** The tasks on the last split. */
    private List<Classes> last() {
        return classes.subList(classes.size() - table.tasks().size(), classes.size());
    }

    private JsonArray bins(List<BinaryMeasures.Bin> bins) {
        JsonArray array = new JsonArray();
        for (BinaryMeasures.Bin bin : bins) {
            if (bin.count() > 0) {
                JsonObject entry = new JsonObject();
                entry.addProperty("predicted", bin.predicted());
                entry.addProperty("observed", bin.observed());
                entry.addProperty(table.kind().plural(), bin.count());
                array.add(entry);
            }
        }
        return array;
    }

    private static JsonObject entry(String task, String split, int epochs) {
        JsonObject entry = new JsonObject();
        entry.addProperty("task", task);
        entry.addProperty("split", split);
        entry.addProperty("epochs", epochs);
        return entry;
    }
}
