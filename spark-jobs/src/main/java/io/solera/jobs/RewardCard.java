package io.solera.jobs;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.solera.reward.learned.BinaryMeasures;
import io.solera.reward.learned.LabelledMolecules;
import io.solera.reward.learned.NetworkSettings;
import io.solera.reward.learned.RegressionMeasures;
import io.solera.reward.learned.Task;
import io.solera.score.LabelledTable;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is told of a learned reward: its data, how it was trained, and how it and a linear model did on molecules kept aside. */
final class RewardCard {
    private final String data;
    private final LabelledTable table;
    private final NetworkSettings settings;
    private final @Nullable String notice;
    private final List<Classes> classes = new ArrayList<>();
    private final List<Values> values = new ArrayList<>();

    /** A classification task on one split. */
    private record Classes(String split, String task, int epochs, BinaryMeasures network, BinaryMeasures linear) {}

    /** A regression task on one split. */
    private record Values(
            String split, String task, int epochs, RegressionMeasures network, RegressionMeasures linear) {}

    RewardCard(String data, LabelledTable table, NetworkSettings settings, @Nullable String notice) {
        this.data = data.substring(data.lastIndexOf('/') + 1);
        this.table = table;
        this.settings = settings;
        this.notice = notice;
    }

    void add(String split, int epochs, LabelledMolecules test, float[][] network, float[][] linear) {
        for (int k = 0; k < table.tasks().size(); k++) {
            String task = table.tasks().get(k);
            if (table.task() == Task.CLASSIFICATION) {
                classes.add(new Classes(
                        split,
                        task,
                        epochs,
                        BinaryMeasures.of(network, test.labels(), k),
                        BinaryMeasures.of(linear, test.labels(), k)));
            } else {
                values.add(new Values(
                        split,
                        task,
                        epochs,
                        RegressionMeasures.of(network, test.labels(), k),
                        RegressionMeasures.of(linear, test.labels(), k)));
            }
        }
    }

    void print(PrintStream out) {
        out.println();
        rows().forEach(out::println);
        out.println();
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
            rows.add("| task | split | test rows | RMSE | linear | R2 | linear |");
            rows.add("|---|---|---|---|---|---|---|");
            for (Values line : values) {
                rows.add(String.format(
                        Locale.ROOT,
                        "| %s | %s | %d | %.3f | %.3f | %.3f | %.3f |",
                        line.task,
                        line.split,
                        line.network.rows(),
                        line.network.rmse(),
                        line.linear.rmse(),
                        line.network.r2(),
                        line.linear.r2()));
            }
        }
        return rows;
    }

    String markdown() {
        StringBuilder text = new StringBuilder();
        text.append("# Reward: ").append(String.join(", ", table.tasks())).append("\n\n");
        text.append("A network on ECFP4 fingerprints (2048 bits), trained by `solera train-reward`.\n\n");
        text.append(String.format(
                Locale.ROOT,
                "Data: %s, %d rows; %d molecules after %d repeated, %d unreadable and %d whose labels disagree.%n",
                data,
                table.rows(),
                table.molecules().size(),
                table.repeated(),
                table.unreadable(),
                table.conflicting()));
        text.append("Origin and licence of the data: ")
                .append(notice == null ? "not stated" : notice)
                .append("\n\n");
        text.append("Settings: ").append(settings).append(".\n\n## On a fifth of the molecules, kept aside\n\n");
        rows().forEach(row -> text.append(row).append('\n'));
        text.append(
                        "\n\"linear\" is a linear model on the same bits and folds. The network in this folder was trained once more on all\n")
                .append("molecules, for as many epochs as the last row's");
        if (table.task() == Task.CLASSIFICATION) {
            text.append(
                            ", with that network's calibration (Platt's scaling on a tenth of its\ntraining molecules).\n\n")
                    .append("![calibration](calibration.svg)\n\n| predicted | observed | molecules |\n|---|---|---|\n");
            for (BinaryMeasures.Bin bin : last().bins()) {
                if (bin.count() > 0) {
                    text.append(String.format(
                            Locale.ROOT, "| %.3f | %.3f | %d |%n", bin.predicted(), bin.observed(), bin.count()));
                }
            }
        } else {
            text.append(".\n");
        }
        return text.toString();
    }

    JsonObject json() {
        JsonObject card = new JsonObject();
        card.addProperty("data", data);
        card.addProperty("notice", notice == null ? "" : notice);
        card.addProperty("molecules", table.molecules().size());
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
            measures.add(entry);
        }
        for (Values line : values) {
            JsonObject entry = entry(line.task, line.split, line.epochs);
            entry.addProperty("rows", line.network.rows());
            entry.addProperty("rmse", line.network.rmse());
            entry.addProperty("r2", line.network.r2());
            entry.addProperty("rmse_linear", line.linear.rmse());
            entry.addProperty("r2_linear", line.linear.r2());
            measures.add(entry);
        }
        card.add("measures", measures);
        return card;
    }

    /** The calibration of the last split's first task, as a picture. */
    String calibration() {
        return CalibrationPicture.of(last().bins());
    }

    /** The first task of the last split. */
    private BinaryMeasures last() {
        return classes.get(classes.size() - table.tasks().size()).network;
    }

    private static JsonObject entry(String task, String split, int epochs) {
        JsonObject entry = new JsonObject();
        entry.addProperty("task", task);
        entry.addProperty("split", split);
        entry.addProperty("epochs", epochs);
        return entry;
    }
}
