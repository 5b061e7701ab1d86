package io.solera.jobs;

import io.solera.reward.learned.LabelledMolecules;
import io.solera.reward.learned.Split;
import io.solera.score.LabelledTable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Which molecules a network learned from and which it was judged on, with its predictions, as CSV for other programs. */
final class Folds {
    private final StringBuilder rows = new StringBuilder("split,part,task,smiles,label,prediction\n");

    /** @param predictions of the test molecules */
    void add(String name, LabelledTable table, Split split, float[][] predictions) {
        for (int[] part : new int[][] {split.training(), split.validation()}) {
            LabelledMolecules molecules = table.molecules().at(part);
            for (int i = 0; i < molecules.size(); i++) {
                for (int k = 0; k < table.tasks().size(); k++) {
                    row(name + ",training", table.tasks().get(k), molecules, i, k, "");
                }
            }
        }
        LabelledMolecules test = table.molecules().at(split.test());
        for (int i = 0; i < test.size(); i++) {
            for (int k = 0; k < table.tasks().size(); k++) {
                row(name + ",test", table.tasks().get(k), test, i, k, Float.toString(predictions[i][k]));
            }
        }
    }

    private void row(String where, String task, LabelledMolecules molecules, int i, int k, String prediction) {
        float label = molecules.labels()[i][k];
        if (!Float.isNaN(label)) {
            rows.append(
                    "%s,%s,%s,%s,%s%n".formatted(where, task, molecules.smiles().get(i), label, prediction));
        }
    }

    void write(OutputStream out) throws IOException {
        out.write(rows.toString().getBytes(StandardCharsets.UTF_8));
    }
}
