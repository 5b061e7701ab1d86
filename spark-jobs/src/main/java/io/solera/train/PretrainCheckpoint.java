package io.solera.train;

import io.solera.checkpoint.Folder;
import io.solera.checkpoint.MalformedModelException;
import io.solera.checkpoint.ParameterLayout;
import io.solera.checkpoint.Policy;
import io.solera.checkpoint.Safetensors;
import io.solera.rl.AdamW;
import io.solera.rl.BlockVector;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * A stand of likelihood training as one safetensors file: parameters, both moments, and the number of steps as four numbers
 * below 2^16, lowest first.
 */
public final class PretrainCheckpoint {
    static final String FILE = "training.safetensors";
    private static final int DIGITS = 4;
    private static final int DIGIT = 1 << 16;

    private PretrainCheckpoint() {}

    public static void write(Folder folder, Pretraining.State state) throws IOException {
        int size = (int) state.policy().parameters().size();
        float[] values = new float[3 * size + DIGITS];
        copy(state.policy().parameters(), values, 0);
        copy(state.optimizer().first(), values, size);
        copy(state.optimizer().second(), values, 2 * size);
        for (int digit = 0; digit < DIGITS; digit++) {
            values[3 * size + digit] = (state.steps() >> (16 * digit)) % DIGIT;
        }
        try (OutputStream out = folder.create(FILE)) {
            Safetensors.write(out, layout(size), BlockVector.of(values));
        }
    }

    /** @throws MalformedModelException when the file is damaged, or of a model of another shape than {@code shape} */
    public static Pretraining.State read(Folder folder, Policy shape) throws IOException {
        int size = (int) shape.parameters().size();
        try (InputStream in = folder.open(FILE)) {
            float[] values = Safetensors.read(in, layout(size), folder.location() + "/" + FILE)
                    .toArray();
            long steps = 0;
            for (int digit = DIGITS - 1; digit >= 0; digit--) {
                steps = steps * DIGIT + (long) values[3 * size + digit];
            }
            return new Pretraining.State(
                    steps,
                    shape.with(part(values, 0, size)),
                    new AdamW.State(part(values, 1, size), part(values, 2, size), steps));
        }
    }

    private static ParameterLayout layout(int size) {
        return new ParameterLayout.Builder()
                .add("parameters", size)
                .add("adam.first", size)
                .add("adam.second", size)
                .add("steps", DIGITS)
                .build();
    }

    private static void copy(BlockVector from, float[] into, int offset) {
        System.arraycopy(from.toArray(), 0, into, offset, (int) from.size());
    }

    private static BlockVector part(float[] values, int place, int size) {
        return BlockVector.of(Arrays.copyOfRange(values, place * size, (place + 1) * size));
    }
}
