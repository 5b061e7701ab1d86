package io.solera.reward.learned;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Models in ONNX, message by message; field numbers are those of onnx.proto3. */
final class OnnxBytes {
    static final int FLOAT = 1;
    static final int INT32 = 6;
    static final int INT64 = 7;
    static final int BOOL = 9;
    static final int DOUBLE = 11;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    static OnnxBytes message() {
        return new OnnxBytes();
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    OnnxBytes number(int field, long value) {
        varint((long) field << 3);
        varint(value);
        return this;
    }

    OnnxBytes bytes(int field, byte[] value) {
        varint(((long) field << 3) | 2);
        varint(value.length);
        out.writeBytes(value);
        return this;
    }

    OnnxBytes text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    OnnxBytes message(int field, OnnxBytes value) {
        return bytes(field, value.bytes());
    }

    private void varint(long value) {
        long left = value;
        for (; (left & ~127L) != 0; left >>>= 7) {
            out.write((int) ((left & 127) | 128));
        }
        out.write((int) left);
    }

    static OnnxBytes tensor(String name, List<Integer> dims, float... values) {
        ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            raw.putFloat(value);
        }
        OnnxBytes tensor = claimed(name, dims);
        return tensor.number(2, FLOAT).bytes(9, raw.array());
    }

    /** A tensor without data. */
    static OnnxBytes claimed(String name, List<Integer> dims) {
        OnnxBytes tensor = message().text(8, name);
        dims.forEach(size -> tensor.number(1, size));
        return tensor;
    }

    /** A tensor of a float whose data is at a place. */
    static OnnxBytes external(String name, String place) {
        return claimed(name, List.of(1))
                .number(2, FLOAT)
                .message(13, message().text(1, "location").text(2, place))
                .number(14, 1);
    }

    static OnnxBytes node(String operator, List<String> inputs, String output, OnnxBytes... attributes) {
        OnnxBytes node = message();
        inputs.forEach(input -> node.text(1, input));
        node.text(2, output).text(4, operator);
        for (OnnxBytes attribute : attributes) {
            node.message(5, attribute);
        }
        return node;
    }

    static OnnxBytes integer(String name, long value) {
        return message().text(1, name).number(3, value).number(20, 2);
    }

    static OnnxBytes integers(String name, long value) {
        return message().text(1, name).number(8, value).number(20, 7);
    }

    /** @param size 0: any */
    static OnnxBytes declared(String name, int type, int... size) {
        OnnxBytes shape = message();
        for (int each : size) {
            shape.message(1, each == 0 ? message().text(2, "N") : message().number(1, each));
        }
        return message()
                .text(1, name)
                .message(2, message().message(1, message().number(1, type).message(2, shape)));
    }

    static byte[] model(OnnxBytes graph) {
        return message()
                .number(1, 7)
                .message(7, graph.text(2, "g"))
                .message(8, message().text(1, "").number(2, 12))
                .bytes();
    }

    /** The sum of the first and twice the second number of each row, with other inputs of the type cast. */
    static byte[] weighted(int type, int rows, int width) {
        float[] weights = new float[width];
        weights[0] = 1;
        weights[1] = 2;
        OnnxBytes graph = message()
                .message(1, node("Cast", List.of("x"), "f", integer("to", FLOAT)))
                .message(1, node("MatMul", List.of("f", "w"), "y"))
                .message(5, tensor("w", List.of(width, 1), weights))
                .message(11, declared("x", type, rows, width))
                .message(12, declared("y", FLOAT, rows, 1));
        return model(graph);
    }

    /**
     * A classifier of tokens 0 to 7: logits [B, 2], the sums over the tokens that the mask shows of (id, 1).
     *
     * @param rows 0: any
     * @param tokens 0: any
     */
    static byte[] classifier(int rows, int tokens, int type) {
        float[] table = new float[16];
        for (int id = 0; id < 8; id++) {
            table[2 * id] = id;
            table[2 * id + 1] = 1;
        }
        OnnxBytes graph = message()
                .message(1, node("Gather", List.of("table", "input_ids"), "e"))
                .message(1, node("Cast", List.of("attention_mask"), "m", integer("to", FLOAT)))
                .message(1, node("Unsqueeze", List.of("m"), "mm", integers("axes", 2)))
                .message(1, node("Mul", List.of("e", "mm"), "em"))
                .message(1, node("ReduceSum", List.of("em"), "logits", integers("axes", 1), integer("keepdims", 0)))
                .message(5, tensor("table", List.of(8, 2), table))
                .message(11, declared("input_ids", type, rows, tokens))
                .message(11, declared("attention_mask", type, rows, tokens))
                .message(11, declared("token_type_ids", type, rows, tokens))
                .message(12, declared("logits", FLOAT, rows, 2));
        return model(graph);
    }
}
