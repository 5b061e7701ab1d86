package io.solera.fit;

import io.solera.reward.learned.LabelledTexts;
import io.solera.reward.learned.training.Split;
import io.solera.table.output.CsvLine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The training and test molecules or texts of a network, with its predictions, as CSV for other programs. */
public final class SplitCsv {
    private final StringBuilder rows = new StringBuilder();

    /** @param column the name of the column of molecules or texts */
    public SplitCsv(String column) {
        rows.append(CsvLine.of("split", "part", "task", column, "label", "prediction"));
    }

    /** @param predictions for the test set */
    public void add(String name, LabelledTable table, Split split, float[][] predictions) {
        for (int[] part : new int[][] {split.training(), split.validation()}) {
            LabelledTexts texts = table.texts().at(part);
            for (int i = 0; i < texts.size(); i++) {
                for (int k = 0; k < table.tasks().size(); k++) {
                    row(name, "training", table.tasks().get(k), texts, i, k, null);
                }
            }
        }
        LabelledTexts test = table.texts().at(split.test());
        for (int i = 0; i < test.size(); i++) {
            for (int k = 0; k < table.tasks().size(); k++) {
                row(name, "test", table.tasks().get(k), test, i, k, Float.toString(predictions[i][k]));
            }
        }
    }

    private void row(
            String name, String part, String task, LabelledTexts texts, int i, int k, @Nullable String prediction) {
        float label = texts.labels()[i][k];
        if (!Float.isNaN(label)) {
            rows.append(CsvLine.of(name, part, task, texts.texts().get(i), Float.toString(label), prediction));
        }
    }

    public void write(OutputStream out) throws IOException {
        out.write(rows.toString().getBytes(StandardCharsets.UTF_8));
    }
}
