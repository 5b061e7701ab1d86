package io.solera.model.imported;

import java.util.Arrays;
import java.util.List;

/** Which of a network's outputs is meant, and its values row by row. */
final class ImportedOutput {
    private ImportedOutput() {}

    /** @param output one of the names, or a place from 0 */
    static int place(String output, List<String> names) {
        int place = names.indexOf(output);
        if (place < 0 && output.matches("[0-9]{1,4}")) {
            place = Integer.parseInt(output);
        }
        if (place < 0 || place >= names.size()) {
            throw new IllegalArgumentException("Invalid output: %s (must be one of %s, or a number below %d)"
                    .formatted(output, String.join(", ", names), names.size()));
        }
        return place;
    }

    /** @param shape of the values: [B] or [B, K] */
    static float[][] rows(String name, float[] values, long[] shape) {
        if (shape.length < 1 || shape.length > 2 || shape[0] < 1) {
            throw new IllegalArgumentException("Invalid output: %s has shape %s (must be [rows] or [rows, values])"
                    .formatted(name, Arrays.toString(shape)));
        }
        int width = shape.length == 1 ? 1 : (int) shape[1];
        float[][] rows = new float[(int) shape[0]][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = Arrays.copyOfRange(values, row * width, (row + 1) * width);
        }
        return rows;
    }
}
