package io.solera.fit;

import io.solera.reward.learned.LabelledTexts;
import io.solera.reward.learned.training.Split;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Which molecules or texts a network learned from and which it was judged on, with its predictions, as CSV for other programs. */
public final class SplitCsv {
    private final StringBuilder rows = new StringBuilder();

    /** @param column the name of the column of molecules or texts */
    public SplitCsv(String column) {
        rows.append("split,part,task,%s,label,prediction%n".formatted(column));
    }

    /** @param predictions of the test */
    public void add(String name, LabelledTable table, Split split, float[][] predictions) {
        for (int[] part : new int[][] {split.training(), split.validation()}) {
            LabelledTexts texts = table.texts().at(part);
            for (int i = 0; i < texts.size(); i++) {
                for (int k = 0; k < table.tasks().size(); k++) {
                    row(name + ",training", table.tasks().get(k), texts, i, k, "");
                }
            }
        }
        LabelledTexts test = table.texts().at(split.test());
        for (int i = 0; i < test.size(); i++) {
            for (int k = 0; k < table.tasks().size(); k++) {
                row(name + ",test", table.tasks().get(k), test, i, k, Float.toString(predictions[i][k]));
            }
        }
    }

    private void row(String where, String task, LabelledTexts texts, int i, int k, String prediction) {
        float label = texts.labels()[i][k];
        if (!Float.isNaN(label)) {
            rows.append("%s,%s,%s,%s,%s%n"
                    .formatted(where, task, quoted(texts.texts().get(i)), label, prediction));
        }
    }

    private static String quoted(String text) {
        return text.matches("[^\",\\r\\n]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }

    public void write(OutputStream out) throws IOException {
        out.write(rows.toString().getBytes(StandardCharsets.UTF_8));
    }
}
