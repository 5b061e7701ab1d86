package io.solera.model.imported;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/**
 * What is looked at of a model in ONNX before ONNX Runtime sees it: that it is one, that no tensor in it, however deep, has its data in
 * another file, which ONNX Runtime would open by any path, and that no tensor claims more numbers than its bytes can hold. It walks the
 * messages of onnx.proto3 that can hold a tensor; field numbers are those given there.
 */
final class OnnxFile {
    /** As deep as protobuf's own readers go. */
    private static final int DEEPEST = 100;

    private static final int VARINT = 0;
    private static final int EIGHT_BYTES = 1;
    private static final int BYTES = 2;
    private static final int FOUR_BYTES = 5;

    /** Which fields of a message hold which messages. */
    private static final Map<String, Map<Integer, String>> MESSAGES = Map.of(
            "model", Map.of(7, "graph", 20, "training", 25, "function"),
            "training", Map.of(1, "graph", 2, "graph"),
            "function", Map.of(7, "node", 11, "attribute"),
            "graph", Map.of(1, "node", 5, "tensor", 15, "sparse"),
            "node", Map.of(5, "attribute"),
            "attribute", Map.of(5, "tensor", 6, "graph", 10, "tensor", 11, "graph", 22, "sparse", 23, "sparse"),
            "sparse", Map.of(1, "tensor", 2, "tensor"),
            "tensor", Map.of());

    private static final Set<Integer> TENSOR_DATA = Set.of(4, 5, 6, 7, 9, 10, 11);
    private static final int DIMS = 1;
    private static final int NAME = 8;
    private static final int EXTERNAL_DATA = 13;
    private static final int DATA_LOCATION = 14;
    private static final int GRAPH = 7;

    private final byte[] bytes;
    private int at;

    private OnnxFile(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @throws IllegalArgumentException saying in one line why the file is not read */
    static void check(byte[] model) {
        if (model.length == 0) {
            throw unreadable("the file is empty");
        }
        if (model.length >= 8 && new String(model, 4, 4, StandardCharsets.ISO_8859_1).equals("ORTM")) {
            throw unreadable("it is in ONNX Runtime's own format (must be ONNX)");
        }
        OnnxFile file = new OnnxFile(model);
        if (!file.message("model", model.length, 0)) {
            throw unreadable("it holds no graph");
        }
    }

    /** Walks one message; whether it has a field of the number of a model's graph. */
    private boolean message(String kind, int end, int depth) {
        if (depth > DEEPEST) {
            throw unreadable("its messages are nested more than %d deep".formatted(DEEPEST));
        }
        Map<Integer, String> inside = MESSAGES.getOrDefault(kind, Map.of());
        boolean graph = false;
        while (at < end) {
            long key = varint(end);
            long number = key >>> 3;
            int type = (int) (key & 7);
            int length = length(type, end);
            String held = number > 0 && number <= 100 && type == BYTES ? inside.get((int) number) : null;
            if (number == 0) {
                throw unreadable("a field has number 0");
            } else if (kind.equals("model") && number == GRAPH && type == BYTES) {
                graph = true;
            }
            if (held == null) {
                at += length;
            } else if (held.equals("tensor")) {
                tensor(at + length);
            } else {
                message(held, at + length, depth + 1);
            }
        }
        return graph;
    }

    private void tensor(int end) {
        String name = "";
        boolean outside = false;
        double numbers = 1;
        long held = 0;
        while (at < end) {
            long key = varint(end);
            int number = (int) Math.min(key >>> 3, 1000);
            int type = (int) (key & 7);
            if (type == VARINT) {
                long value = varint(end);
                outside |= number == DATA_LOCATION && value != 0;
                numbers *= number == DIMS ? size(value) : 1;
                held += TENSOR_DATA.contains(number) ? 1 : 0;
                continue;
            }
            int length = length(type, end);
            int stop = at + length;
            if (number == DIMS && type == BYTES) {
                while (at < stop) {
                    numbers *= size(varint(stop));
                }
            } else if (number == NAME && type == BYTES) {
                name = new String(bytes, at, Math.min(length, 80), StandardCharsets.UTF_8)
                        .replaceAll("\\p{Cntrl}", "?");
            }
            outside |= number == EXTERNAL_DATA;
            // an empty text is an element too
            held += TENSOR_DATA.contains(number) ? Math.max(1, length) : 0;
            at = stop;
        }
        if (outside) {
            throw unreadable("tensor %s has its data in another file (save the model with its data inside, as one file)"
                    .formatted(name.isEmpty() ? "without a name" : name));
        }
        if (numbers > 2.0 * held) { // of the smallest type two are in a byte
            throw unreadable("tensor %s claims %.0f numbers, its data has %d bytes".formatted(name, numbers, held));
        }
    }

    private static double size(long dimension) {
        if (dimension < 0) {
            throw unreadable("a tensor has dimension %d".formatted(dimension));
        }
        return dimension;
    }

    /** Bytes of a field after its key, which stay unread; those of a number are those of its digits. */
    private int length(int type, int end) {
        long length;
        switch (type) {
            case VARINT -> {
                int start = at;
                varint(end);
                length = (long) at - start;
                at = start;
            }
            case EIGHT_BYTES -> length = 8;
            case FOUR_BYTES -> length = 4;
            case BYTES -> length = varint(end);
            default -> throw unreadable("it is no protobuf message (wire type %d)".formatted(type));
        }
        if (length < 0 || length > end - at) {
            throw unreadable("a field of %d bytes goes beyond its message".formatted(length));
        }
        return (int) length;
    }

    private long varint(int end) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at >= end) {
                throw unreadable("it ends in the middle of a number");
            }
            byte next = bytes[at++];
            value |= (long) (next & 127) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw unreadable("a number has more than ten bytes");
    }

    private static IllegalArgumentException unreadable(String why) {
        return new IllegalArgumentException("Cannot read an ONNX model: " + why);
    }
}
