package io.solera.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.solera.checkpoint.file.Json;
import io.solera.checkpoint.file.MalformedModelException;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a safetensors file: the words that were written into it, and its tensors in the order of their values.
 *
 * @param length its bytes, before the values
 */
record SafetensorsHeader(Map<String, String> metadata, List<Tensor> tensors, long length) {
    static final String METADATA = "__metadata__";
    private static final Set<String> FIELDS = Set.of("dtype", "shape", "data_offsets");
    /** A header of a hundred thousand tensors. */
    private static final int LIMIT = 16 << 20;

    private static final Pattern WHOLE = Pattern.compile("0|[1-9]\\d{0,17}");
    /** Most axes of a tensor. */
    private static final int AXES = 8;

    /**
     * A tensor as the header tells of it.
     *
     * @param start the first byte of its values, counted from the end of the header
     */
    record Tensor(String name, String dtype, List<Long> shape, long start, long end) {
        boolean has(List<Integer> sizes) {
            return shape.equals(sizes.stream().map(Integer::longValue).toList());
        }
    }

    /** Bytes of all values. */
    long bytes() {
        return tensors.isEmpty() ? 0 : tensors.get(tensors.size() - 1).end();
    }

    /** @throws MalformedModelException when it is no safetensors file, or its tensors do not lie one after the other */
    static SafetensorsHeader read(DataInputStream data, String location) throws IOException {
        long length = Long.reverseBytes(data.readLong());
        JsonObject json = json(data, length, location);
        Map<String, String> metadata = metadata(json.remove(METADATA), location);
        List<Tensor> tensors = new ArrayList<>();
        for (Map.Entry<String, JsonElement> entry : json.entrySet()) {
            tensors.add(tensor(entry.getKey(), entry.getValue(), location));
        }
        tensors.sort(Comparator.comparingLong(Tensor::start).thenComparingLong(Tensor::end));
        long position = 0;
        for (Tensor tensor : tensors) {
            if (tensor.start() != position || tensor.end() < position) {
                throw new MalformedModelException(
                        "Cannot read %s: no tensor starts at byte %d of the values".formatted(location, position));
            }
            position = tensor.end();
        }
        return new SafetensorsHeader(metadata, List.copyOf(tensors), Long.BYTES + length);
    }

    private static JsonObject json(DataInputStream data, long length, String location) throws IOException {
        if (length < 2 || length > LIMIT) {
            throw new MalformedModelException(
                    "Cannot read %s: it is no safetensors file (header length %d)".formatted(location, length));
        }
        // grows with what there is, whatever the length claims
        byte[] json = data.readNBytes((int) length);
        if (json.length < length) {
            throw new EOFException();
        }
        return Json.object(Json.utf8(json, location), location, "its header");
    }

    private static Tensor tensor(String name, JsonElement json, String location) throws MalformedModelException {
        if (json instanceof JsonObject fields
                && fields.keySet().equals(FIELDS)
                && fields.get("dtype") instanceof JsonPrimitive dtype
                && dtype.isString()
                && fields.get("shape") instanceof JsonArray sizes
                && sizes.size() <= AXES
                && fields.get("data_offsets") instanceof JsonArray offsets
                && offsets.size() == 2
                && areWhole(sizes)
                && areWhole(offsets)) {
            List<Long> shape = new ArrayList<>();
            sizes.forEach(size -> shape.add(size.getAsLong()));
            return new Tensor(
                    name,
                    dtype.getAsString(),
                    List.copyOf(shape),
                    offsets.get(0).getAsLong(),
                    offsets.get(1).getAsLong());
        }
        throw new MalformedModelException(
                "Cannot read %s: the header of tensor %s is damaged".formatted(location, Json.shown(name)));
    }

    private static boolean areWhole(JsonArray numbers) {
        for (JsonElement number : numbers) {
            if (!(number instanceof JsonPrimitive one)
                    || !one.isNumber()
                    || !WHOLE.matcher(one.getAsString()).matches()) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, String> metadata(@Nullable JsonElement json, String location)
            throws MalformedModelException {
        Map<String, String> words = new TreeMap<>();
        if (json == null) {
            return words;
        }
        if (json instanceof JsonObject object) {
            for (Map.Entry<String, JsonElement> word : object.entrySet()) {
                if (word.getValue() instanceof JsonPrimitive value) {
                    words.put(word.getKey(), value.getAsString());
                }
            }
            if (words.size() == object.size()) {
                return words;
            }
        }
        throw new MalformedModelException("Cannot read %s: %s is no map of words (%s)"
                .formatted(location, METADATA, Json.shown(json.toString())));
    }
}
