package io.solera.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.solera.checkpoint.ParameterLayout;
import java.util.HashMap;
import java.util.Map;

/** The tensors of a network in native memory, filled from and differentiated into flat vectors of its layout. */
final class Parameters {
    private final ParameterLayout layout;
    private final Map<String, NDArray> tensors = new HashMap<>();

    Parameters(NDManager manager, ParameterLayout layout) {
        this.layout = layout;
        for (ParameterLayout.Entry entry : layout.entries()) {
            long[] shape = entry.shape().stream().mapToLong(Integer::longValue).toArray();
            NDArray tensor = manager.zeros(new Shape(shape));
            tensor.setRequiresGradient(true);
            tensors.put(entry.name(), tensor);
        }
    }

    NDArray tensor(String name) {
        NDArray tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException(
                    "Cannot find tensor %s: the layout has none of that name".formatted(name));
        }
        return tensor;
    }

    /** Replaces all values. */
    void set(float[] flat) {
        for (ParameterLayout.Entry entry : layout.entries()) {
            Torch.write(tensor(entry.name()), flat, entry.offset());
        }
    }

    /** The gradients summed up since the last call, in the layout's order; they are set back to zero. */
    float[] takeGradients() {
        float[] flat = new float[layout.size()];
        for (ParameterLayout.Entry entry : layout.entries()) {
            Torch.takeGradient(tensor(entry.name()), flat, entry.offset());
        }
        return flat;
    }
}
