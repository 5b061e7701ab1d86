package io.solera.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.solera.checkpoint.NetworkConfig;
import io.solera.checkpoint.ParameterLayout;
import io.solera.checkpoint.Safetensors;
import io.solera.checkpoint.file.ClasspathFolder;
import io.solera.checkpoint.file.Folder;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** What transformers and PEFT say of the tiny models of {@code docs/reference/families.py}. */
record Golden(ParameterLayout layout, float[] values) {
    static final int ROWS = 3;
    static final int TOKENS = 9;
    static final int NEW = 12;

    /** The folder of a family, or a folder inside it. */
    static Folder folder(String family) {
        return new ClasspathFolder("io/solera/model/families/" + family);
    }

    static Golden of(String family, NetworkConfig config) throws IOException {
        ParameterLayout.Builder layout = new ParameterLayout.Builder()
                .add("ids", ROWS, TOKENS)
                .add("hidden", ROWS, TOKENS, config.width())
                .add("logits", ROWS, TOKENS, config.vocabulary())
                .add("greedy", ROWS, NEW)
                .add("prompt", ROWS, TOKENS)
                .add("prompt_greedy", ROWS, NEW)
                .add("prompt_log_probabilities", ROWS, NEW);
        return read(family, layout, config.layout());
    }

    /** @param differentiated the tensors whose gradients the file has, after what else is in it */
    static Golden read(String folder, ParameterLayout.Builder layout, ParameterLayout differentiated)
            throws IOException {
        for (ParameterLayout.Entry entry : differentiated.entries()) {
            layout.add("gradient." + entry.name(), entry.shape().toArray(Integer[]::new));
        }
        try (InputStream in = folder(folder).open("golden.safetensors")) {
            ParameterLayout built = layout.build();
            return new Golden(built, Safetensors.read(in, built, "golden").toArray());
        }
    }

    float[] of(String name) {
        ParameterLayout.Entry entry = layout.entries().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        return Arrays.copyOfRange(values, entry.offset(), entry.offset() + entry.size());
    }

    long[] ids(String name) {
        float[] numbers = of(name);
        long[] ids = new long[numbers.length];
        Arrays.setAll(ids, k -> (long) numbers[k]);
        return ids;
    }

    /** The gradients of all tensors of a layout, in its order. */
    float[] gradient(ParameterLayout differentiated) {
        float[] gradient = new float[differentiated.size()];
        for (ParameterLayout.Entry entry : differentiated.entries()) {
            System.arraycopy(of("gradient." + entry.name()), 0, gradient, entry.offset(), entry.size());
        }
        return gradient;
    }

    static NDArray inputs(NDManager scope, long[] ids) {
        return scope.create(ids, new Shape(ROWS, TOKENS));
    }

    /** Differentiates the sum of the log-likelihoods of each row's ids after the first; logits [ROWS TOKENS, V]. */
    static void differentiate(NDArray logits, long[] ids, NDManager scope) {
        long[] next = new long[ids.length];
        float[] weights = new float[ids.length];
        for (int k = 0; k < ids.length; k++) {
            // for the last of a row any, with weight 0
            boolean last = k % TOKENS == TOKENS - 1;
            next[k] = last ? 0 : ids[k + 1];
            weights[k] = last ? 0 : 1;
        }
        Torch.backward(
                Torch.gather(logits.logSoftmax(-1), scope.create(next, new Shape(next.length, 1))),
                scope.create(weights, new Shape(weights.length, 1)));
    }
}
