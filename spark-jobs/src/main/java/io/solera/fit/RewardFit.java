package io.solera.fit;

import io.solera.checkpoint.file.Folder;
import io.solera.reward.learned.FeatureNetwork;
import io.solera.reward.learned.LabelledTexts;
import io.solera.reward.learned.LearnedModel;
import io.solera.reward.learned.Task;
import io.solera.reward.learned.encoding.HiddenState;
import io.solera.reward.learned.encoding.OneHot;
import io.solera.reward.learned.training.NetworkSettings;
import io.solera.reward.learned.training.NetworkTraining;
import io.solera.reward.learned.training.Split;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Fits a reward to a table of labels: a network is judged on a fifth of the rows next to a linear model, once per
 * split, and then trained once more on all of them, for as long and calibrated as the one that was judged last.
 */
public record RewardFit(LabelledTable table, NetworkSettings settings, Progress progress) {
    /** Hears of every epoch of every network. */
    @FunctionalInterface
    public interface Progress {
        /**
         * Losses are per label.
         *
         * @param network such as {@code scaffold, linear}
         * @param validationLoss NaN where nothing is held out
         */
        void epoch(String network, int number, double trainingLoss, double validationLoss);
    }

    /**
     * How the network did where it had not seen the rows.
     *
     * @param rows of each split, with the predictions of its test
     */
    public record Judged(NetworkTraining.Trained last, SplitCsv rows) {}

    /**
     * Judges the network on each split, and notes it in the card.
     *
     * @throws io.solera.table.file.EmptyTableException when there is too little to learn from or to judge by
     */
    public Judged judge(SplitBy by, RewardCard card) {
        LabelChecks.require(table);
        SplitCsv rows = new SplitCsv(table.kind() == LabelledKind.MOLECULE ? "smiles" : "text");
        NetworkTraining.Trained last = null;
        for (SplitBy one : by.each()) {
            last = judge(one, card, rows);
        }
        if (last == null) {
            throw new IllegalStateException("Cannot judge: there is no split by " + by.text());
        }
        return new Judged(last, rows);
    }

    private NetworkTraining.Trained judge(SplitBy by, RewardCard card, SplitCsv rows) {
        Split split = by.split(table, settings.seed());
        String name = by.text();
        LabelChecks.require(table, split, name);
        NetworkTraining.Trained trained = trained(split, settings, name + ", network");
        LabelledTexts test = table.texts().at(split.test());
        float[][] predictions = trained.network().predict(test.features());
        rows.add(name, table, split, predictions);
        float[][] linear = predictions;
        if (!settings.hidden().isEmpty()) {
            linear = trained(split, settings.linear(), name + ", linear")
                    .network()
                    .predict(test.features());
        }
        card.add(name, trained.epochs(), test, predictions, linear);
        return trained;
    }

    private NetworkTraining.Trained trained(Split split, NetworkSettings how, String name) {
        LabelledTexts training = table.texts().at(split.training());
        return trained(training, table.texts().at(split.validation()), how, name);
    }

    private NetworkTraining.Trained trained(
            LabelledTexts training, LabelledTexts validation, NetworkSettings how, String name) {
        return new NetworkTraining(
                        table.task(),
                        training,
                        validation,
                        how,
                        (epoch, loss, held) -> progress.epoch(name, epoch, loss, held))
                .train();
    }

    /** The model that is kept: a network that learned from all rows. */
    public LearnedModel kept(NetworkTraining.Trained judged) {
        LabelledTexts none = table.texts().at(new int[0]);
        String name = "all " + table.kind().plural();
        NetworkTraining.Trained all = trained(table.texts(), none, settings.epochs(judged.epochs()), name);
        FeatureNetwork calibrated = all.network().calibrated(judged.calibration());
        return LearnedModel.of(table.tasks(), table.encoding(), calibrated, table.texts());
    }

    /** Writes a model with its card. */
    public void write(LearnedModel model, RewardCard card, Folder folder) throws IOException {
        model.write(folder, card.json());
        write(folder, "README.md", card.markdown());
        if (table.task() == Task.CLASSIFICATION) {
            write(folder, "calibration.svg", card.calibration());
        }
    }

    /** The reward that reads the model. */
    public String reward() {
        if (table.encoding() instanceof OneHot oneHot) {
            return oneHot.alphabet().text() + "_prediction";
        }
        return table.encoding() instanceof HiddenState
                ? "head"
                : table.task() == Task.REGRESSION ? "prediction" : "activity";
    }

    private static void write(Folder folder, String name, String text) throws IOException {
        try (Writer out = new OutputStreamWriter(folder.create(name), StandardCharsets.UTF_8)) {
            out.write(text);
        }
    }
}
