package io.solera.model.imported;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * An input of a model in ONNX.
 *
 * @param type of its numbers; UNKNOWN for what is no tensor
 * @param shape -1 where any size is taken
 */
record OnnxInput(String name, OnnxJavaType type, List<Long> shape) {
    OnnxInput {
        shape = List.copyOf(shape);
    }

    static OnnxInput of(NodeInfo node) {
        if (!(node.getInfo() instanceof TensorInfo tensor)) {
            return new OnnxInput(node.getName(), OnnxJavaType.UNKNOWN, List.of());
        }
        return new OnnxInput(
                node.getName(),
                tensor.type,
                Arrays.stream(tensor.getShape()).boxed().toList());
    }

    int rank() {
        return shape.size();
    }

    /** Whether it takes tensors of so many dimensions; a model need not say. */
    boolean fits(int dimensions) {
        return rank() == dimensions || rank() == 0;
    }

    /** Rows that it takes at once, at most 0 for any number. */
    int rows() {
        return rank() == 2 ? Math.toIntExact(Math.min(shape.get(0), 1 << 20)) : 0;
    }

    /** The second dimension, at most 0 for any. */
    int width() {
        return rank() == 2 ? Math.toIntExact(Math.min(shape.get(1), 1 << 30)) : 0;
    }

    boolean takesNumbers() {
        return switch (type) {
            case FLOAT, DOUBLE, INT8, UINT8, INT16, INT32, INT64, BOOL -> true;
            default -> false;
        };
    }

    OnnxTensor tensor(OrtEnvironment environment, double[] values, long[] dimensions) throws OrtException {
        return switch (type) {
            case FLOAT -> {
                float[] cast = new float[values.length];
                for (int i = 0; i < cast.length; i++) {
                    cast[i] = (float) values[i];
                }
                yield OnnxTensor.createTensor(environment, FloatBuffer.wrap(cast), dimensions);
            }
            case DOUBLE -> OnnxTensor.createTensor(environment, DoubleBuffer.wrap(values), dimensions);
            case INT64 ->
                OnnxTensor.createTensor(
                        environment,
                        LongBuffer.wrap(Arrays.stream(values)
                                .mapToLong(value -> (long) value)
                                .toArray()),
                        dimensions);
            case INT32 ->
                OnnxTensor.createTensor(
                        environment,
                        IntBuffer.wrap(Arrays.stream(values)
                                .mapToInt(value -> (int) value)
                                .toArray()),
                        dimensions);
            case INT16 -> {
                short[] cast = new short[values.length];
                for (int i = 0; i < cast.length; i++) {
                    cast[i] = (short) values[i];
                }
                yield OnnxTensor.createTensor(environment, ShortBuffer.wrap(cast), dimensions);
            }
            default -> {
                ByteBuffer cast = ByteBuffer.allocateDirect(values.length);
                for (double value : values) {
                    cast.put((byte) (type == OnnxJavaType.BOOL ? value != 0 ? 1 : 0 : value));
                }
                yield OnnxTensor.createTensor(environment, cast.rewind(), dimensions, type);
            }
        };
    }

    /** Such as {@code x of float [1, 2048]}. */
    String text() {
        return "%s of %s [%s]"
                .formatted(
                        name.replaceAll("\\p{Cntrl}", "?"),
                        type.name().toLowerCase(Locale.ROOT),
                        shape.stream()
                                .map(size -> size > 0 ? String.valueOf(size) : "any")
                                .collect(Collectors.joining(", ")));
    }
}
