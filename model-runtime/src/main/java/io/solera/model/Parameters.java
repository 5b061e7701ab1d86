package io.solera.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.solera.checkpoint.ParameterLayout;
import io.solera.rl.BlockVector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The tensors of a network, filled from and differentiated into flat vectors of its layout. On the processor PyTorch
 * reads each tensor's values from a buffer that lives as long as the network, so filling one is a copy into its buffer;
 * on another device the buffer is copied there.
 */
final class Parameters {
    private final ParameterLayout layout;
    private final NDManager manager;
    private final boolean shared;
    private final Map<String, NDArray> tensors = new HashMap<>();
    private final Map<String, FloatBuffer> values = new HashMap<>();
    private boolean recording = true;
    private final Map<String, ByteBuffer> buffers = new HashMap<>();

    /** @param shared whether tensors share their buffers, as they do on the processor */
    Parameters(NDManager manager, ParameterLayout layout, boolean shared) {
        this.layout = layout;
        this.manager = manager;
        this.shared = shared;
        for (ParameterLayout.Entry entry : layout.entries()) {
            long[] shape = entry.shape().stream().mapToLong(Integer::longValue).toArray();
            ByteBuffer buffer =
                    ByteBuffer.allocateDirect(Float.BYTES * entry.size()).order(ByteOrder.nativeOrder());
            NDArray tensor = manager.create(buffer, new Shape(shape), DataType.FLOAT32);
            if (!shared) {
                tensor = tensor.duplicate();
            }
            tensor.setRequiresGradient(true);
            tensors.put(entry.name(), tensor);
            values.put(entry.name(), buffer.asFloatBuffer());
            buffers.put(entry.name(), buffer);
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
    void set(BlockVector flat) {
        for (ParameterLayout.Entry entry : layout.entries()) {
            flat.get(entry.offset(), buffer(entry.name()));
        }
        filled();
    }

    /** The values of a tensor, to write; {@link #filled} follows. */
    FloatBuffer buffer(String name) {
        return Objects.requireNonNull(values.get(name)).duplicate();
    }

    /** Brings to the device what was written. */
    void filled() {
        if (!shared) {
            copy();
        }
    }

    /** Copies buffers to tensors in place, since networks keep references to them. */
    private void copy() {
        try (NDManager scope = Torch.scope(manager, false)) {
            for (ParameterLayout.Entry entry : layout.entries()) {
                NDArray tensor = tensor(entry.name());
                Shape shape = tensor.getShape();
                NDArray given =
                        scope.create(Objects.requireNonNull(buffers.get(entry.name())), shape, DataType.FLOAT32);
                Torch.write(given, tensor, new long[shape.dimension()], shape.getShape());
            }
        } finally {
            Torch.recordGradients(true);
        }
    }

    /** Sets whether gradients are recorded for all tensors or for none. */
    void record(boolean gradients) {
        if (recording != gradients) {
            recording = gradients;
            tensors.values().forEach(tensor -> tensor.setRequiresGradient(gradients));
        }
    }

    boolean isRecording() {
        return recording;
    }

    /** The gradients summed up since the last call, in the layout's order; they are set back to zero. */
    BlockVector takeGradients() {
        BlockVector flat = BlockVector.zeros(layout.size());
        for (ParameterLayout.Entry entry : layout.entries()) {
            Torch.takeGradient(tensor(entry.name()), flat, entry.offset());
        }
        return flat;
    }
}
