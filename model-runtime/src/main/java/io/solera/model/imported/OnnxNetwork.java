package io.solera.model.imported;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.solera.problem.DataException;
import io.solera.problem.RequestException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An ONNX model, run by ONNX Runtime on one thread, without telemetry and without a memory arena, which would grow with
 * every new length. Tokens go to {@code input_ids} or the only input, ones to {@code attention_mask}, zeros to
 * {@code token_type_ids} and 0, 1, 2, .. to {@code position_ids}, if the model has these inputs. Inputs of other number
 * types are cast; a fixed number of rows is filled with copies of the first row, a fixed number of tokens with masked
 * zeros.
 */
public final class OnnxNetwork implements ImportedNetwork {
    private static final String IDS = "input_ids";
    private static final String MASK = "attention_mask";
    private static final String KINDS = "token_type_ids";
    private static final String POSITIONS = "position_ids";

    /** Maximum numbers of an input in one pass: a model may fix any size. */
    private static final int MAX_NUMBERS = 1 << 24;

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final List<OnnxInput> inputs = new ArrayList<>();
    private final List<String> outputs;

    /**
     * @throws IllegalArgumentException if it is not an ONNX model, uses operators that ONNX Runtime lacks, or has data
     *     in other files
     */
    public OnnxNetwork(byte[] model) {
        OnnxFile.check(model);
        try {
            environment = environment();
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
            for (NodeInfo input : session.getInputInfo().values()) {
                inputs.add(OnnxInput.of(input));
            }
            outputs = List.copyOf(session.getOutputNames());
        } catch (OrtException e) {
            throw new DataException("Cannot read an ONNX model: %s".formatted(oneLine(e)), e);
        }
    }

    /** ONNX Runtime's version, once it is loaded. */
    public static String version() {
        return environment().getVersion();
    }

    private static OrtEnvironment environment() {
        return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "solera");
    }

    @Override
    public int mostTokens() {
        OnnxInput ids = ids();
        return ids.rank() == 2 && ids.width() > 0 ? ids.width() : Integer.MAX_VALUE;
    }

    @Override
    public float[][] ofTokens(long[][] ids, String output) {
        OnnxInput first = ids();
        for (OnnxInput input : inputs) {
            boolean ours = input.equals(first) || Set.of(MASK, KINDS, POSITIONS).contains(input.name());
            require(ours && input.takesNumbers() && input.fits(2), "tokens", "[rows, tokens] of numbers named " + IDS);
        }
        int length = ids[0].length;
        int padded = mostTokens() == Integer.MAX_VALUE ? length : mostTokens();
        boolean masked = inputs.stream().anyMatch(input -> input.name().equals(MASK));
        require(length <= padded && (length == padded || masked), length + " tokens", "as many, or fewer with a mask");
        return inBatches(ids.length, padded, first.rows(), output, rows -> {
            Map<OnnxInput, double[]> values = new LinkedHashMap<>();
            for (OnnxInput input : inputs) {
                double[] flat = new double[rows.length * padded];
                for (int i = 0; i < flat.length; i++) {
                    int at = i % padded;
                    boolean text = at < length;
                    flat[i] = input.equals(first)
                            ? text ? ids[rows[i / padded]][at] : 0
                            : switch (input.name()) {
                                case MASK -> text ? 1 : 0;
                                case POSITIONS -> at;
                                default -> 0;
                            };
                }
                values.put(input, flat);
            }
            return run(values, new long[] {rows.length, padded}, output);
        });
    }

    @Override
    public float[][] ofNumbers(float[][] numbers, String output) {
        OnnxInput only = inputs.get(0);
        int width = numbers[0].length;
        require(
                inputs.size() == 1
                        && only.takesNumbers()
                        && only.fits(2)
                        && (only.width() <= 0 || only.width() == width),
                width + " numbers",
                "[rows, %d] of numbers".formatted(width));
        return inBatches(numbers.length, width, only.rows(), output, rows -> {
            double[] flat = new double[rows.length * width];
            for (int i = 0; i < flat.length; i++) {
                flat[i] = numbers[rows[i / width]][i % width];
            }
            return run(Map.of(only, flat), new long[] {rows.length, width}, output);
        });
    }

    private OnnxInput ids() {
        return inputs.stream()
                .filter(input -> input.name().equals(IDS))
                .findFirst()
                .orElse(inputs.get(0));
    }

    private interface Batch {
        float[][] of(int[] rows) throws OrtException;
    }

    /** @param fixed fixed number of rows of the network's input, 0 for any number */
    private float[][] inBatches(int rows, int width, int fixed, String output, Batch batch) {
        int size = fixed > 0 ? fixed : rows;
        require((long) size * width <= MAX_NUMBERS, size + " rows", MAX_NUMBERS + " numbers at once, at most");
        float[][] values = new float[rows][];
        try {
            for (int start = 0; start < rows; start += size) {
                int[] some = new int[size];
                for (int i = 0; i < size; i++) {
                    some[i] = start + i < rows ? start + i : start;
                }
                float[][] of = batch.of(some);
                if (of.length != size) {
                    throw new RequestException("Invalid output: %s has %d rows for %d (must be one each)"
                            .formatted(output, of.length, size));
                }
                System.arraycopy(of, 0, values, start, Math.min(size, rows - start));
            }
            return values;
        } catch (OrtException e) {
            throw new DataException("Cannot run the ONNX model: %s".formatted(oneLine(e)), e);
        }
    }

    private void require(boolean fits, String what, String rule) {
        if (!fits) {
            throw new RequestException("Cannot give %s to the ONNX model: it reads %s (must be %s)"
                    .formatted(
                            what,
                            String.join(
                                    "; ", inputs.stream().map(OnnxInput::text).toList()),
                            rule));
        }
    }

    private float[][] run(Map<OnnxInput, double[]> values, long[] shape, String output) throws OrtException {
        String name = outputs.get(ImportedOutput.place(output, outputs));
        Map<String, OnnxTensor> given = new LinkedHashMap<>();
        try {
            for (Map.Entry<OnnxInput, double[]> each : values.entrySet()) {
                given.put(each.getKey().name(), each.getKey().tensor(environment, each.getValue(), shape));
            }
            try (OrtSession.Result result = session.run(given, Set.of(name))) {
                return rows(name, result.get(0), shape[0]);
            }
        } finally {
            given.values().forEach(OnnxTensor::close);
        }
    }

    private static float[][] rows(String name, OnnxValue value, long rows) throws OrtException {
        if (!(value instanceof OnnxTensor tensor)
                || (tensor.getInfo().type != OnnxJavaType.FLOAT && tensor.getInfo().type != OnnxJavaType.DOUBLE)) {
            throw new RequestException("Invalid output: %s is %s (must be a tensor of float32 or float64)"
                    .formatted(name, value.getInfo()));
        }
        long[] shape = tensor.getInfo().getShape();
        float[] numbers;
        if (tensor.getInfo().type == OnnxJavaType.DOUBLE) {
            double[] exact = new double[tensor.getDoubleBuffer().remaining()];
            tensor.getDoubleBuffer().get(exact);
            numbers = new float[exact.length];
            for (int i = 0; i < exact.length; i++) {
                numbers[i] = (float) exact[i];
            }
        } else {
            FloatBuffer buffer = tensor.getFloatBuffer();
            numbers = new float[buffer.remaining()];
            buffer.get(numbers);
        }
        // a network with one row may leave it out
        boolean scalar = shape.length == 0 && rows == 1;
        return ImportedOutput.rows(name, numbers, scalar ? new long[] {1} : shape);
    }

    private static String oneLine(OrtException e) {
        return String.valueOf(e.getMessage()).replaceAll("\\p{Cntrl}+", " ").strip();
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("Cannot close the ONNX model: %s".formatted(oneLine(e)), e);
        }
    }
}
