package io.solera.checkpoint;

import com.google.gson.JsonElement;
import io.solera.checkpoint.file.Folder;
import io.solera.checkpoint.file.Json;
import io.solera.checkpoint.file.MalformedModelException;
import io.solera.checkpoint.file.ModelFiles;
import io.solera.checkpoint.file.Settings;
import io.solera.rl.BlockVector;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The weights of a model folder, in one file or in shards that an index lists, under the names that published models
 * use.
 */
final class Weights {
    static final String FILE = ModelFiles.WEIGHTS;
    static final String INDEX = "model.safetensors.index.json";

    private static final int MAX_FILES = 10_000;
    private static final List<String> PICKLED = List.of("pytorch_model.bin", "pytorch_model.bin.index.json");

    /** Constants that some models store with their weights, and the copy of a tied output matrix. */
    private static final Pattern NO_WEIGHT =
            Pattern.compile("(.*\\.attn\\.(bias|masked_bias)|.*rotary_emb\\.inv_freq|lm_head\\.weight)");

    private Weights() {}

    static BlockVector read(Folder folder, NetworkConfig config) throws IOException {
        ParameterLayout layout = config.layout();
        return read(folder, files(folder), layout, names(layout));
    }

    /**
     * The same, of which a block at a time is read when it is asked for; headers and file sizes are checked now.
     *
     * @param source reads the folder's files
     */
    static StoredVector stored(Folder folder, StoredVector.Source source, NetworkConfig config) throws IOException {
        ParameterLayout layout = config.layout();
        Safetensors.Filling filling = new Safetensors.Filling(layout);
        List<StoredVector.Piece> pieces = new ArrayList<>();
        for (String file : files(folder)) {
            SafetensorsHeader header = header(folder, file);
            String location = folder.location() + "/" + file;
            List<Optional<ParameterLayout.Entry>> slots = filling.slots(header, names(layout), location);
            for (int i = 0; i < slots.size(); i++) {
                SafetensorsHeader.Tensor tensor = header.tensors().get(i);
                slots.get(i)
                        .ifPresent(entry -> pieces.add(new StoredVector.Piece(
                                file,
                                header.length() + tensor.start(),
                                Dtype.valueOf(tensor.dtype()),
                                entry.offset(),
                                entry.size())));
            }
            if (folder.size(file) > header.length() + header.bytes()) {
                throw Safetensors.longer(location);
            }
        }
        filling.requireAll(folder.location());
        return StoredVector.of(source, pieces, folder.location());
    }

    /** Refuses NaN and infinite values in a block of a vector of a layout. */
    static void requireFinite(int b, float[] block, ParameterLayout layout, String location)
            throws MalformedModelException {
        for (int k = 0; k < block.length; k++) {
            if (!Float.isFinite(block[k])) {
                long place = (long) b * BlockVector.BLOCK_SIZE + k;
                ParameterLayout.Entry tensor = layout.entries().stream()
                        .filter(entry -> entry.offset() <= place && place < entry.offset() + entry.size())
                        .findFirst()
                        .orElseThrow();
                throw Safetensors.notFinite(location, tensor.name(), block[k], place - tensor.offset());
            }
        }
    }

    /** A file's header and where its tensors go. */
    private record Plan(SafetensorsHeader header, List<Optional<ParameterLayout.Entry>> slots) {}

    /**
     * Reads the tensors of a layout from files of a folder. All headers and file sizes are checked before memory is
     * allocated, so that false claims of a file cost nothing.
     *
     * @param names maps a stored tensor's name to the layout's; empty for an ignored one
     */
    static BlockVector read(
            Folder folder, Set<String> files, ParameterLayout layout, Function<String, Optional<String>> names)
            throws IOException {
        Safetensors.Filling filling = new Safetensors.Filling(layout);
        Map<String, Plan> plans = new TreeMap<>();
        for (String file : files) {
            SafetensorsHeader header = header(folder, file);
            plans.put(file, new Plan(header, filling.slots(header, names, folder.location() + "/" + file)));
        }
        filling.begin(
                files.size() == 1 ? folder.location() + "/" + files.iterator().next() : folder.location());
        for (Map.Entry<String, Plan> plan : plans.entrySet()) {
            String location = folder.location() + "/" + plan.getKey();
            try (DataInputStream data = new DataInputStream(folder.open(plan.getKey()))) {
                if (!SafetensorsHeader.read(data, location)
                        .equals(plan.getValue().header())) {
                    throw new MalformedModelException(
                            "Cannot read %s: it changed while it was being read".formatted(location));
                }
                filling.fill(data, plan.getValue().header(), plan.getValue().slots(), location, true);
            } catch (EOFException e) {
                throw Safetensors.truncated(location);
            }
        }
        return filling.values();
    }

    private static SafetensorsHeader header(Folder folder, String file) throws IOException {
        String location = folder.location() + "/" + file;
        try (DataInputStream data = new DataInputStream(folder.open(file))) {
            SafetensorsHeader header = SafetensorsHeader.read(data, location);
            long size = folder.size(file);
            if (size >= 0 && header.bytes() > size - header.length()) {
                throw new MalformedModelException(
                        ("Cannot read %s: the file is truncated: its header declares %d bytes of values, but %d follow "
                                        + "it (copy it again)")
                                .formatted(location, header.bytes(), size - header.length()));
            }
            return header;
        } catch (EOFException e) {
            throw Safetensors.truncated(location);
        }
    }

    /** GPT-2 as first published lacks the prefix in its tensor names. */
    private static Function<String, Optional<String>> names(ParameterLayout layout) {
        Set<String> known =
                layout.entries().stream().map(ParameterLayout.Entry::name).collect(Collectors.toSet());
        return stored -> {
            String prefixed = "transformer." + stored;
            if (known.contains(stored) || !known.contains(prefixed)) {
                boolean left =
                        !known.contains(stored) && NO_WEIGHT.matcher(stored).matches();
                return left ? Optional.empty() : Optional.of(stored);
            }
            return Optional.of(prefixed);
        };
    }

    private static Set<String> files(Folder folder) throws IOException {
        if (folder.exists(FILE)) {
            return Set.of(FILE);
        }
        if (!folder.exists(INDEX)) {
            for (String pickled : PICKLED) {
                if (folder.exists(pickled)) {
                    throw new FileNotFoundException(
                            ("Cannot read model %s: it has %s and no %s; only safetensors is read, since it cannot "
                                            + "run code (in transformers: AutoModelForCausalLM.from_pretrained(folder)"
                                            + ".save_pretrained(folder))")
                                    .formatted(folder.location(), pickled, FILE));
                }
            }
            throw new FileNotFoundException("Cannot read model %s: %s is missing (or %s of a sharded model)"
                    .formatted(folder.location(), FILE, INDEX));
        }
        String location = folder.location() + "/" + INDEX;
        Set<String> files = new TreeSet<>();
        Settings map = new Settings(Json.read(folder, INDEX), location).inside("weight_map");
        for (String tensor : map.json().keySet()) {
            JsonElement file = map.json().get(tensor);
            String name = map.text(tensor, "");
            if (!name.matches("[\\w.-]+\\.safetensors")) {
                throw new MalformedModelException(
                        "Cannot read %s: tensor %s is in %s (must be a .safetensors file of the folder)"
                                .formatted(location, Json.shown(tensor), Json.shown(file.toString())));
            }
            files.add(name);
        }
        if (files.size() > MAX_FILES) {
            throw new MalformedModelException("Cannot read %s: weight_map names %d files (must be at most %d)"
                    .formatted(location, files.size(), MAX_FILES));
        }
        return files;
    }
}
