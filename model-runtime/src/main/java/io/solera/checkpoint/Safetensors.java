package io.solera.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.solera.checkpoint.file.Json;
import io.solera.checkpoint.file.MalformedModelException;
import io.solera.rl.BlockVector;
import io.solera.rl.Blocks;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The safetensors format: eight bytes of header length (little-endian), a JSON header of names, types, shapes and
 * offsets, then the values. Float32 is written; float32, float16 and bfloat16 are read. Nothing in the format can run
 * code.
 */
public final class Safetensors {
    private static final int CHUNK_VALUES = 1 << 16;

    private Safetensors() {}

    /** The contents of a file: the values in the layout's order, and its metadata. */
    public record Content(BlockVector values, Map<String, String> metadata) {}

    /** Some tensors of a file by name, and the words that were written with them. */
    public record Tensors(Map<String, BlockVector> values, Map<String, String> metadata) {}

    /** Where a tensor's values go: into a vector, from a place on. */
    private record Slot(BlockVector vector, long offset) {}

    /** Writes the tensors of a layout; the same values give the same bytes. */
    public static void write(OutputStream out, ParameterLayout layout, Blocks values) throws IOException {
        write(out, layout, values, Map.of());
    }

    /** Writes the tensors of a layout, with metadata in the header. */
    public static void write(OutputStream out, ParameterLayout layout, Blocks values, Map<String, String> metadata)
            throws IOException {
        write(out, layout, List.of(values), metadata);
    }

    /**
     * The same for values in several vectors, without joining them.
     *
     * @throws IllegalArgumentException unless the vectors together have as many numbers as the layout
     */
    public static void write(
            OutputStream out, ParameterLayout layout, List<? extends Blocks> values, Map<String, String> metadata)
            throws IOException {
        long numbers = values.stream().mapToLong(Blocks::size).sum();
        if (numbers != layout.size()) {
            throw new IllegalArgumentException(
                    "Cannot write %d numbers: the layout has %d".formatted(numbers, layout.size()));
        }
        JsonObject header = new JsonObject();
        JsonObject words = new JsonObject();
        words.addProperty("format", "pt");
        new TreeMap<>(metadata).forEach(words::addProperty);
        header.add(SafetensorsHeader.METADATA, words);
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
        // The values start at a multiple of eight bytes, as in the reference implementation.
        String json = header.toString();
        byte[] bytes = (json + " ".repeat((8 - json.getBytes(StandardCharsets.UTF_8).length % 8) % 8))
                .getBytes(StandardCharsets.UTF_8);
        out.write(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(bytes.length)
                .array());
        out.write(bytes);
        ByteBuffer buffer = ByteBuffer.allocate(4 * CHUNK_VALUES).order(ByteOrder.LITTLE_ENDIAN);
        int ahead = Runtime.getRuntime().availableProcessors();
        for (Blocks vector : values) {
            for (int b = 0; b < vector.blocks(); b += ahead) {
                // a vector that is elsewhere is read, or computed, on all cores while it is written
                List<float[]> some = IntStream.range(b, Math.min(vector.blocks(), b + ahead))
                        .parallel()
                        .mapToObj(vector::block)
                        .toList();
                for (float[] block : some) {
                    write(out, block, buffer);
                }
            }
        }
    }

    private static void write(OutputStream out, float[] block, ByteBuffer buffer) throws IOException {
        for (int start = 0; start < block.length; start += CHUNK_VALUES) {
            int count = Math.min(CHUNK_VALUES, block.length - start);
            buffer.asFloatBuffer().put(block, start, count);
            out.write(buffer.array(), 0, 4 * count);
        }
    }

    /**
     * Reads the tensors of a layout; the file may hold them in any order, and must not hold others.
     *
     * @throws MalformedModelException if the file is truncated or damaged, or a tensor is missing, unknown or of
     *     another shape or type
     */
    public static BlockVector read(InputStream in, ParameterLayout layout, String location) throws IOException {
        return readAll(in, layout, location).values();
    }

    /** Reads the tensors of a layout and the metadata; throws as {@link #read} does. */
    public static Content readAll(InputStream in, ParameterLayout layout, String location) throws IOException {
        Filling filling = new Filling(layout);
        try {
            DataInputStream data = new DataInputStream(in);
            SafetensorsHeader header = SafetensorsHeader.read(data, location);
            List<Optional<ParameterLayout.Entry>> slots = filling.slots(header, Optional::of, location);
            filling.begin(location);
            filling.fill(data, header, slots, location, false);
            return new Content(filling.values(), header.metadata());
        } catch (EOFException e) {
            throw truncated(location);
        }
    }

    /**
     * Reads some of a file's tensors, each as a vector of its own; the others are skipped.
     *
     * @param wanted the tensors that must be there; those of them that {@code optional} has may be missing
     * @throws MalformedModelException as of {@link #read}
     */
    public static Tensors readSome(InputStream in, ParameterLayout wanted, Predicate<String> optional, String location)
            throws IOException {
        try {
            DataInputStream data = new DataInputStream(in);
            SafetensorsHeader header = SafetensorsHeader.read(data, location);
            Set<String> stored = header.tensors().stream()
                    .map(SafetensorsHeader.Tensor::name)
                    .collect(Collectors.toSet());
            List<ParameterLayout.Entry> entries = wanted.entries().stream()
                    .filter(entry -> stored.contains(entry.name()) || !optional.test(entry.name()))
                    .toList();
            Map<String, BlockVector> values = new LinkedHashMap<>();
            Filling filling = new Filling(
                    entries,
                    entry ->
                            new Slot(values.computeIfAbsent(entry.name(), name -> BlockVector.zeros(entry.size())), 0));
            Set<String> names =
                    entries.stream().map(ParameterLayout.Entry::name).collect(Collectors.toSet());
            List<Optional<ParameterLayout.Entry>> places = filling.slots(
                    header, name -> names.contains(name) ? Optional.of(name) : Optional.empty(), location);
            filling.begin(location);
            filling.fill(data, header, places, location, false);
            return new Tensors(values, header.metadata());
        } catch (EOFException e) {
            throw truncated(location);
        }
    }

    static MalformedModelException notFinite(String location, String tensor, float value, long index) {
        return new MalformedModelException(
                ("Cannot read %s: tensor %s has %s at index %d (must be finite numbers: the file"
                                + " is damaged, or its training diverged)")
                        .formatted(location, tensor, value, index));
    }

    static MalformedModelException longer(String location) {
        return new MalformedModelException("Cannot read %s: bytes follow the last tensor".formatted(location));
    }

    static MalformedModelException truncated(String location) {
        return new MalformedModelException("Cannot read %s: the file is truncated (copy it again)".formatted(location));
    }

    /**
     * The values of a layout while they are read, from one file or several: all headers are compared with the layout
     * ({@link #slots}) before memory is allocated ({@link #begin}).
     */
    static final class Filling {
        private final Map<String, ParameterLayout.Entry> open = new LinkedHashMap<>();
        private final Set<String> filled = new HashSet<>();
        private final Function<ParameterLayout.Entry, Slot> target;
        private final long size;
        private BlockVector values = BlockVector.zeros(0);

        /** All tensors in one vector, in the layout's order. */
        Filling(ParameterLayout layout) {
            layout.entries().forEach(entry -> open.put(entry.name(), entry));
            size = layout.size();
            target = entry -> new Slot(values, entry.offset());
        }

        private Filling(List<ParameterLayout.Entry> entries, Function<ParameterLayout.Entry, Slot> target) {
            entries.forEach(entry -> open.put(entry.name(), entry));
            this.target = target;
            size = 0;
        }

        /**
         * Where the tensors of a file go, in the order of their values; empty for an ignored one.
         *
         * @param names maps a stored tensor's name to the layout's; empty for an ignored one
         */
        List<Optional<ParameterLayout.Entry>> slots(
                SafetensorsHeader header, Function<String, Optional<String>> names, String location)
                throws MalformedModelException {
            List<Optional<ParameterLayout.Entry>> slots = new ArrayList<>();
            for (SafetensorsHeader.Tensor tensor : header.tensors()) {
                Optional<String> name = names.apply(tensor.name());
                slots.add(name.isEmpty() ? Optional.empty() : Optional.of(entry(name.get(), tensor, location)));
            }
            return slots;
        }

        /** Allocates memory, once no tensor is missing. */
        void begin(String location) throws MalformedModelException {
            requireAll(location);
            values = BlockVector.zeros(size);
        }

        /** @throws MalformedModelException if a tensor is missing */
        void requireAll(String location) throws MalformedModelException {
            if (!open.isEmpty()) {
                throw new MalformedModelException("Cannot read %s: tensor %s is missing"
                        .formatted(location, open.keySet().iterator().next()));
            }
        }

        /**
         * Reads the values of a file.
         *
         * @param finite whether NaN and infinite values are refused
         */
        void fill(
                DataInputStream data,
                SafetensorsHeader header,
                List<Optional<ParameterLayout.Entry>> slots,
                String location,
                boolean finite)
                throws IOException {
            byte[] buffer = new byte[4 * CHUNK_VALUES];
            for (int i = 0; i < slots.size(); i++) {
                SafetensorsHeader.Tensor tensor = header.tensors().get(i);
                if (slots.get(i).isEmpty()) {
                    data.skipNBytes(tensor.end() - tensor.start());
                    continue;
                }
                ParameterLayout.Entry entry = slots.get(i).get();
                Slot slot = target.apply(entry);
                copy(data, Dtype.valueOf(tensor.dtype()), slot, entry.size(), buffer);
                if (finite) {
                    requireFinite(slot, entry.size(), tensor.name(), location);
                }
            }
            if (data.read() != -1) {
                throw longer(location);
            }
        }

        private static void requireFinite(Slot slot, int size, String name, String location)
                throws MalformedModelException {
            for (int k = 0; k < size; k++) {
                if (!Float.isFinite(slot.vector.at(slot.offset + k))) {
                    throw notFinite(location, name, slot.vector.at(slot.offset + k), k);
                }
            }
        }

        private ParameterLayout.Entry entry(String name, SafetensorsHeader.Tensor tensor, String location)
                throws MalformedModelException {
            ParameterLayout.Entry entry = open.remove(name);
            if (entry == null) {
                throw new MalformedModelException((filled.contains(name)
                                ? "Cannot read %s: tensor %s occurs twice"
                                : "Cannot read %s: tensor %s is not part of this model")
                        .formatted(location, Json.shown(tensor.name())));
            }
            filled.add(name);
            boolean known =
                    Arrays.stream(Dtype.values()).anyMatch(dtype -> dtype.name().equals(tensor.dtype()));
            if (!known
                    || !tensor.has(entry.shape())
                    || tensor.end() - tensor.start() != (long) Dtype.valueOf(tensor.dtype()).bytes * entry.size()) {
                throw new MalformedModelException(
                        "Cannot read %s: tensor %s is %s%s at [%d, %d] (must be F32, F16 or BF16 of %s)"
                                .formatted(
                                        location,
                                        tensor.name(),
                                        Json.shown(tensor.dtype()),
                                        tensor.shape(),
                                        tensor.start(),
                                        tensor.end(),
                                        entry.shape()));
            }
            return entry;
        }

        private static void copy(DataInputStream data, Dtype dtype, Slot slot, int size, byte[] bytes)
                throws IOException {
            float[] converted = new float[dtype == Dtype.F32 ? 0 : CHUNK_VALUES];
            for (int done = 0; done < size; ) {
                int count = Math.min(CHUNK_VALUES, size - done);
                data.readFully(bytes, 0, dtype.bytes * count);
                ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
                if (dtype == Dtype.F32) {
                    slot.vector.put(slot.offset + done, buffer.asFloatBuffer().limit(count));
                } else {
                    for (int k = 0; k < count; k++) {
                        converted[k] = dtype.read(buffer);
                    }
                    slot.vector.put(slot.offset + done, FloatBuffer.wrap(converted, 0, count));
                }
                done += count;
            }
        }

        BlockVector values() {
            return values;
        }
    }
}
