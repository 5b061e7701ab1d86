package io.solera.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.solera.rl.BlockVector;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The safetensors format: eight bytes of header length (little-endian), a JSON header of names, types, shapes and offsets,
 * then the values. Only float32 is written and read; nothing in the format can run code.
 */
public final class Safetensors {
    private static final int HEADER_LIMIT = 100_000_000;
    private static final int CHUNK_VALUES = 1 << 16;

    private static final String METADATA = "__metadata__";

    private Safetensors() {}

    /** What a file holds: the values in the layout's order, and the words that were written with them. */
    public record Content(BlockVector values, Map<String, String> metadata) {}

    /** Writes the tensors of a layout; the same values give the same bytes. */
    public static void write(OutputStream out, ParameterLayout layout, BlockVector values) throws IOException {
        write(out, layout, values, Map.of());
    }

    /** Writes the tensors of a layout, and words about them into the header. */
    public static void write(OutputStream out, ParameterLayout layout, BlockVector values, Map<String, String> metadata)
            throws IOException {
        JsonObject header = new JsonObject();
        JsonObject words = new JsonObject();
        words.addProperty("format", "pt");
        new TreeMap<>(metadata).forEach(words::addProperty);
        header.add(METADATA, words);
        for (ParameterLayout.Entry entry : layout.entries()) {
            JsonArray shape = new JsonArray();
            entry.shape().forEach(shape::add);
            JsonArray offsets = new JsonArray();
            offsets.add(4L * entry.offset());
            offsets.add(4L * (entry.offset() + entry.size()));
            JsonObject tensor = new JsonObject();
            tensor.addProperty("dtype", "F32");
            tensor.add("shape", shape);
            tensor.add("data_offsets", offsets);
            header.add(entry.name(), tensor);
        }
        // The values start at a multiple of eight bytes, as the reference implementation aligns them.
        String json = header.toString();
        byte[] bytes = (json + " ".repeat((8 - json.getBytes(StandardCharsets.UTF_8).length % 8) % 8))
                .getBytes(StandardCharsets.UTF_8);
        out.write(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(bytes.length)
                .array());
        out.write(bytes);
        ByteBuffer buffer = ByteBuffer.allocate(4 * CHUNK_VALUES).order(ByteOrder.LITTLE_ENDIAN);
        for (int b = 0; b < values.blocks(); b++) {
            float[] block = values.block(b);
            for (int start = 0; start < block.length; start += CHUNK_VALUES) {
                int count = Math.min(CHUNK_VALUES, block.length - start);
                buffer.asFloatBuffer().put(block, start, count);
                out.write(buffer.array(), 0, 4 * count);
            }
        }
    }

    /**
     * Reads the tensors of a layout; the file may hold them in any order, and must hold no other.
     *
     * @throws MalformedModelException when the file is truncated or damaged, or a tensor is missing, unknown or of another
     *     shape or type
     */
    public static BlockVector read(InputStream in, ParameterLayout layout, String location) throws IOException {
        return readAll(in, layout, location).values();
    }

    /** Reads the tensors of a layout and the words that were written with them; errors as of {@link #read}. */
    public static Content readAll(InputStream in, ParameterLayout layout, String location) throws IOException {
        DataInputStream data = new DataInputStream(in);
        try {
            JsonObject header = header(data, location);
            Map<String, String> metadata = metadata(header, location);
            Map<Long, ParameterLayout.Entry> byOffset = places(header, layout, location);
            float[] values = new float[layout.size()];
            ByteBuffer buffer = ByteBuffer.allocate(4 * CHUNK_VALUES).order(ByteOrder.LITTLE_ENDIAN);
            FloatBuffer floats = buffer.asFloatBuffer();
            long position = 0;
            while (position < 4L * layout.size()) {
                ParameterLayout.Entry entry = byOffset.get(position);
                if (entry == null) {
                    throw new MalformedModelException(
                            "Cannot read %s: no tensor starts at byte %d of the values".formatted(location, position));
                }
                for (int done = 0; done < entry.size(); done += CHUNK_VALUES) {
                    int count = Math.min(CHUNK_VALUES, entry.size() - done);
                    data.readFully(buffer.array(), 0, 4 * count);
                    floats.rewind().get(values, entry.offset() + done, count);
                }
                position += 4L * entry.size();
            }
            if (data.read() != -1) {
                throw new MalformedModelException("Cannot read %s: bytes follow the last tensor".formatted(location));
            }
            return new Content(BlockVector.of(values), metadata);
        } catch (EOFException e) {
            throw new MalformedModelException(
                    "Cannot read %s: the file is truncated (copy it again)".formatted(location));
        }
    }

    /** Takes the words out of the header. */
    private static Map<String, String> metadata(JsonObject header, String location) throws MalformedModelException {
        Map<String, String> words = new TreeMap<>();
        JsonElement metadata = header.remove(METADATA);
        if (metadata != null) {
            try {
                metadata.getAsJsonObject()
                        .entrySet()
                        .forEach(
                                word -> words.put(word.getKey(), word.getValue().getAsString()));
            } catch (IllegalStateException | UnsupportedOperationException e) {
                throw new MalformedModelException(
                        "Cannot read %s: %s is no map of words (%s)".formatted(location, METADATA, metadata));
            }
        }
        return words;
    }

    private static JsonObject header(DataInputStream data, String location) throws IOException {
        long length = Long.reverseBytes(data.readLong());
        if (length < 2 || length > HEADER_LIMIT) {
            throw new MalformedModelException(
                    "Cannot read %s: it is no safetensors file (header length %d)".formatted(location, length));
        }
        byte[] json = new byte[(int) length];
        data.readFully(json);
        try {
            return JsonParser.parseString(new String(json, StandardCharsets.UTF_8))
                    .getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw new MalformedModelException(
                    "Cannot read %s: its header is no JSON object (%s)".formatted(location, e.getMessage()));
        }
    }

    private static Map<Long, ParameterLayout.Entry> places(JsonObject header, ParameterLayout layout, String location)
            throws MalformedModelException {
        Map<Long, ParameterLayout.Entry> byOffset = new HashMap<>();
        for (ParameterLayout.Entry entry : layout.entries()) {
            JsonElement tensor = header.remove(entry.name());
            if (tensor == null) {
                throw new MalformedModelException(
                        "Cannot read %s: tensor %s is missing".formatted(location, entry.name()));
            }
            try {
                JsonObject fields = tensor.getAsJsonObject();
                String found = fields.get("dtype").getAsString() + fields.get("shape");
                String expected = "F32" + entry.shape().toString().replace(" ", "");
                JsonArray offsets = fields.getAsJsonArray("data_offsets");
                long start = offsets.get(0).getAsLong();
                if (!found.equals(expected) || offsets.get(1).getAsLong() - start != 4L * entry.size()) {
                    throw new MalformedModelException("Cannot read %s: tensor %s is %s at %s (must be %s)"
                            .formatted(location, entry.name(), found, offsets, expected));
                }
                byOffset.put(start, entry);
            } catch (NullPointerException
                    | IllegalStateException
                    | ClassCastException
                    | NumberFormatException
                    | IndexOutOfBoundsException
                    | UnsupportedOperationException e) {
                throw new MalformedModelException(
                        "Cannot read %s: the header of tensor %s is damaged".formatted(location, entry.name()));
            }
        }
        if (!header.isEmpty()) {
            throw new MalformedModelException("Cannot read %s: tensor %s is not part of this model"
                    .formatted(location, header.keySet().iterator().next()));
        }
        return byOffset;
    }
}
