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

/**
 * The model card of a learned reward: its data, its training, and the test metrics of it and of a linear model.
 */
public final class RewardCard {
    private final LabelledTable table;
    private final String command;
    private final @Nullable String notice;
    private final boolean baseline;
    private final List<CardLine> lines = new ArrayList<>();

    /**
     * @param command that trains the same model again
     * @param notice origin and licence of the data, null if not stated
     * @param baseline whether the linear model differs from the network
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
            lines.add(
                    table.task() == Task.CLASSIFICATION
                            ? new ClassificationLine(
                                    split,
                                    task,
                                    epochs,
                                    BinaryMeasures.of(network, labels, k),
                                    BinaryMeasures.of(linear, labels, k))
                            : new RegressionLine(
                                    split,
                                    task,
                                    epochs,
                                    RegressionMeasures.of(network, labels, k),
                                    RegressionMeasures.of(linear, labels, k)));
        }
    }

    /** The size of the training data, and the reasons why other rows were not used. */
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
        count(text, out.unnumbered(), "with a label that is not a number");
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

    /** Warnings about a network that is not useful: one line per task and split. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        for (CardLine line : lines) {
            String worth = line.worth(baseline);
            if (!worth.isEmpty()) {
                warnings.add("Warning: do not rely on %s, %s split: %s".formatted(line.task(), line.split(), worth));
            }
        }
        return warnings;
    }

    /** The table of metrics; a Markdown table that is also readable in a terminal. */
    private List<String> rows() {
        List<String> rows = new ArrayList<>();
        rows.add(table.task() == Task.CLASSIFICATION ? ClassificationLine.HEADER : RegressionLine.HEADER);
        rows.add("|---|---|---|---|---|---|---|---|---|");
        lines.forEach(line -> rows.add(line.row()));
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
                .append(", held out\n\n");
        rows().forEach(row -> text.append(row).append('\n'));
        warnings().forEach(warning -> text.append("\n").append(warning).append(".\n"));
        text.append("\n\"linear\" is a linear model on the same features and folds. The network in this folder "
                        + "was trained once more on all\n")
                .append(table.kind().plural())
                .append(", for as many epochs as in the last row");
        if (table.task() == Task.REGRESSION) {
            return text.append(".\n").toString();
        }
        text.append("""
                , with that network's calibration (Platt's scaling on a tenth of its
                training set).

                ![calibration](calibration.svg)
                """);
        last().forEach(line -> text.append(line.calibration(table.kind().plural())));
        return text.toString();
    }

    public JsonObject json() {
        JsonObject card = new JsonObject();
        card.addProperty("command", command);
        card.addProperty("data", data());
        card.addProperty("notice", notice == null ? "" : notice);
        card.addProperty(table.kind().plural(), table.texts().size());
        JsonArray measures = new JsonArray();
        lines.forEach(line -> measures.add(line.json(table.kind().plural())));
        card.add("measures", measures);
        JsonArray warnings = new JsonArray();
        warnings().forEach(warnings::add);
        card.add("warnings", warnings);
        return card;
    }

    /** The calibration on the last split, a picture per task. */
    public String calibration() {
        return CalibrationPicture.of(
                last().stream().map(ClassificationLine::task).toList(),
                last().stream().map(line -> line.network().bins()).toList());
    }

    /** The classification tasks on the last split. */
    private List<ClassificationLine> last() {
        return lines.subList(lines.size() - table.tasks().size(), lines.size()).stream()
                .filter(ClassificationLine.class::isInstance)
                .map(ClassificationLine.class::cast)
                .toList();
    }
}
