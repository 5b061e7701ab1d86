package io.solera.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The beginning of a safetensors file: the words that were written into it, and its tensors in the order of their values. */
record SafetensorsHeader(Map<String, String> metadata, List<Tensor> tensors) {
    static final String METADATA = "__metadata__";
    private static final int LIMIT = 100_000_000;

    /**
     * A tensor as the header tells of it.
     *
     * @param start the first byte of its values, counted from the end of the header
     */
    record Tensor(String name, String dtype, List<Integer> shape, long start, long end) {}

    /** @throws MalformedModelException when it is no safetensors file, or its tensors do not lie one after the other */
    static SafetensorsHeader read(DataInputStream data, String location) throws IOException {
        JsonObject json = json(data, location);
        Map<String, String> metadata = metadata(json.remove(METADATA), location);
        List<Tensor> tensors = new ArrayList<>();
        for (Map.Entry<String, JsonElement> entry : json.entrySet()) {
            tensors.add(tensor(entry.getKey(), entry.getValue(), location));
        }
        tensors.sort(Comparator.comparingLong(Tensor::start));
        long position = 0;
        for (Tensor tensor : tensors) {
            if (tensor.start() != position || tensor.end() < position) {
                throw new MalformedModelException(
                        "Cannot read %s: no tensor starts at byte %d of the values".formatted(location, position));
            }
            position = tensor.end();
        }
        return new SafetensorsHeader(metadata, tensors);
    }

    private static JsonObject json(DataInputStream data, String location) throws IOException {
        long length = Long.reverseBytes(data.readLong());
        if (length < 2 || length > LIMIT) {
            throw new MalformedModelException(
                    "Cannot read %s: it is no safetensors file (header length %d)".formatted(location, length));
        }
        byte[] json = new byte[(int) length];
        data.readFully(json);
        try {
            return JsonParser.parseString(new String(json, StandardCharsets.UTF_8))
                    .getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw new MalformedModelException("Cannot read %s: its header is no JSON object".formatted(location));
        }
    }

    private static Tensor tensor(String name, JsonElement json, String location) throws MalformedModelException {
        try {
            JsonObject fields = json.getAsJsonObject();
            List<Integer> shape = new ArrayList<>();
            fields.getAsJsonArray("shape").forEach(size -> shape.add(size.getAsInt()));
            JsonArray offsets = fields.getAsJsonArray("data_offsets");
            return new Tensor(
                    name,
                    fields.get("dtype").getAsString(),
                    List.copyOf(shape),
                    offsets.get(0).getAsLong(),
                    offsets.get(1).getAsLong());
        } catch (NullPointerException
                | IllegalStateException
                | ClassCastException
                | NumberFormatException
                | IndexOutOfBoundsException
                | UnsupportedOperationException e) {
            throw new MalformedModelException(
                    "Cannot read %s: the header of tensor %s is damaged".formatted(location, name));
        }
    }

    private static Map<String, String> metadata(JsonElement json, String location) throws MalformedModelException {
        Map<String, String> words = new TreeMap<>();
        if (json != null) {
            try {
                json.getAsJsonObject()
                        .entrySet()
                        .forEach(
                                word -> words.put(word.getKey(), word.getValue().getAsString()));
            } catch (IllegalStateException | UnsupportedOperationException e) {
                throw new MalformedModelException(
                        "Cannot read %s: %s is no map of words".formatted(location, METADATA));
            }
        }
        return words;
    }
}
