package io.solera.model;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A model in ONNX, run by ONNX Runtime on one thread, without telemetry and without a memory arena, which would grow with every new
 * length. Tokens go to {@code input_ids} or the only input, ones to {@code attention_mask} where there is one.
 */
public final class OnnxNetwork implements ImportedNetwork {
    private static final String IDS = "input_ids";
    private static final String MASK = "attention_mask";

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final List<String> outputs;

    /** @throws IllegalArgumentException when it is no model in ONNX, or of operators that ONNX Runtime lacks */
    public OnnxNetwork(byte[] model) {
        try {
            environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "solera");
            environment.setTelemetry(false);
            try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                options.setIntraOpNumThreads(1);
                options.setInterOpNumThreads(1);
                options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
                options.setDeterministicCompute(true);
                options.setCPUArenaAllocator(false);
                options.setMemoryPatternOptimization(false);
                session = environment.createSession(model, options);
            }
            outputs = List.copyOf(session.getOutputNames());
        } catch (OrtException e) {
            throw new IllegalArgumentException("Cannot read an ONNX model: %s".formatted(e.getMessage()), e);
        }
    }

    @Override
    public float[][] ofTokens(long[][] ids, String output) {
        long[] shape = {ids.length, ids[0].length};
        long[] flat = Arrays.stream(ids).flatMapToLong(Arrays::stream).toArray();
        long[] ones = new long[flat.length];
        Arrays.fill(ones, 1);
        Set<String> inputs = session.getInputNames();
        String first = inputs.contains(IDS) || inputs.size() > 1
                ? IDS
                : inputs.iterator().next();
        Set<String> given = inputs.contains(MASK) ? Set.of(first, MASK) : Set.of(first);
        requireInputs(given, OnnxJavaType.INT64, "tokens");
        try (OnnxTensor tokens = OnnxTensor.createTensor(environment, LongBuffer.wrap(flat), shape);
                OnnxTensor mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(ones), shape)) {
            Map<String, OnnxTensor> named = new HashMap<>(Map.of(first, tokens));
            if (inputs.contains(MASK)) {
                named.put(MASK, mask);
            }
            return run(named, output);
        } catch (OrtException e) {
            throw broken(e);
        }
    }

    @Override
    public float[][] ofNumbers(float[][] rows, String output) {
        FloatBuffer flat = FloatBuffer.allocate(rows.length * rows[0].length);
        for (float[] row : rows) {
            flat.put(row);
        }
        String only = session.getInputNames().iterator().next();
        requireInputs(Set.of(only), OnnxJavaType.FLOAT, "numbers");
        try (OnnxTensor numbers =
                OnnxTensor.createTensor(environment, flat.rewind(), new long[] {rows.length, rows[0].length})) {
            return run(Map.of(only, numbers), output);
        } catch (OrtException e) {
            throw broken(e);
        }
    }

    /** That the network reads these inputs of one type, and no others. */
    private void requireInputs(Set<String> given, OnnxJavaType type, String what) {
        try {
            boolean fits = given.equals(session.getInputNames());
            for (NodeInfo input : session.getInputInfo().values()) {
                fits &= input.getInfo() instanceof TensorInfo tensor && tensor.type == type;
            }
            if (!fits) {
                throw new IllegalArgumentException("Cannot give %s to the ONNX model: it reads %s (must be %s of %s)"
                        .formatted(
                                what,
                                session.getInputInfo().values(),
                                String.join(", ", given.stream().sorted().toList()),
                                type));
            }
        } catch (OrtException e) {
            throw broken(e);
        }
    }

    private float[][] run(Map<String, OnnxTensor> inputs, String output) throws OrtException {
        String name = outputs.get(ImportedOutput.place(output, outputs));
        try (OrtSession.Result result = session.run(inputs, Set.of(name))) {
            OnnxValue value = result.get(0);
            if (!(value instanceof OnnxTensor tensor) || tensor.getInfo().type != OnnxJavaType.FLOAT) {
                throw new IllegalArgumentException(
                        "Invalid output: %s is %s (must be a tensor of float32)".formatted(name, value.getInfo()));
            }
            float[] values = new float[tensor.getFloatBuffer().remaining()];
            tensor.getFloatBuffer().get(values);
            return ImportedOutput.rows(name, values, tensor.getInfo().getShape());
        }
    }

    private static IllegalStateException broken(OrtException e) {
        return new IllegalStateException("Cannot run the ONNX model: %s".formatted(e.getMessage()), e);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw broken(e);
        }
    }
}
