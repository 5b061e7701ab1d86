package io.solera.fit;

import io.solera.reward.learned.Task;
import io.solera.reward.learned.training.Split;
import io.solera.table.file.EmptyTableException;
import java.util.Arrays;

/** Whether there is enough in a table to learn from, and to judge by. */
public final class LabelChecks {
    private static final int FEWEST = 50;

    private LabelChecks() {}

    /** @throws EmptyTableException when a task has too few labels, or only one */
    public static void require(LabelledTable table) {
        int[] all = new int[table.texts().size()];
        Arrays.setAll(all, i -> i);
        for (int k = 0; k < table.tasks().size(); k++) {
            String name = table.tasks().get(k);
            float[] labels = labels(table, all, k);
            if (labels.length < FEWEST) {
                throw new EmptyTableException("Cannot learn %s: %d %s have a label (must be at least %d)"
                        .formatted(name, labels.length, table.kind().plural(), FEWEST));
            }
            if (constant(labels)) {
                throw new EmptyTableException(
                        "Cannot learn %s: every label is %s (there must be others)".formatted(name, labels[0]));
            }
        }
    }

    /** @throws EmptyTableException when a side of a split has no two different labels of a task */
    public static void require(LabelledTable table, Split split, String by) {
        for (int k = 0; k < table.tasks().size(); k++) {
            require(table, split.training(), k, "learn", by);
            require(table, split.test(), k, "judge", by);
        }
    }

    private static void require(LabelledTable table, int[] side, int task, String verb, String by) {
        float[] labels = labels(table, side, task);
        if (labels.length == 0 || constant(labels)) {
            String what = labels.length == 0
                    ? "no label"
                    : table.task() == Task.REGRESSION
                            ? "no label but " + labels[0]
                            : labels[0] > 0 ? "no inactives" : "no actives";
            throw new EmptyTableException("Cannot %s %s: %d %s of the %s split have %s (give more %s%s)"
                    .formatted(
                            verb,
                            table.tasks().get(task),
                            side.length,
                            table.kind().plural(),
                            by,
                            what,
                            table.kind().plural(),
                            table.kind() == LabelledKind.MOLECULE ? ", or another --split" : ""));
        }
    }

    private static float[] labels(LabelledTable table, int[] side, int task) {
        float[] labels = new float[side.length];
        int count = 0;
        for (int text : side) {
            float label = table.texts().labels()[text][task];
            if (!Float.isNaN(label)) {
                labels[count++] = label;
            }
        }
        return Arrays.copyOf(labels, count);
    }

    private static boolean constant(float[] labels) {
        for (float label : labels) {
            if (label != labels[0]) {
                return false;
            }
        }
        return true;
    }
}
