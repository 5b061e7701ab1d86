package io.solera.checkpoint;

import com.google.gson.JsonElement;
import io.solera.rl.BlockVector;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The weights of a model folder, in one file or in shards that an index lists, under the names that the field's models use. */
final class Weights {
    static final String FILE = "model.safetensors";
    static final String INDEX = "model.safetensors.index.json";

    private static final List<String> PICKLED = List.of("pytorch_model.bin", "pytorch_model.bin.index.json");

    /** Constants that some models store beside their weights, and the copy of a tied output matrix. */
    private static final Pattern NO_WEIGHT =
            Pattern.compile("(.*\\.attn\\.(bias|masked_bias)|.*rotary_emb\\.inv_freq|lm_head\\.weight)");

    private Weights() {}

    static BlockVector read(Folder folder, NetworkConfig config) throws IOException {
        ParameterLayout layout = config.layout();
        Safetensors.Filling filling = new Safetensors.Filling(layout);
        Function<String, Optional<String>> names = names(layout);
        for (String file : files(folder)) {
            try (InputStream in = folder.open(file)) {
                filling.fill(in, names, folder.location() + "/" + file);
            }
        }
        return filling.values(folder.location());
    }

    /** A GPT-2 as first published lacks the prefix of its names. */
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
                            ("Cannot read model %s: it has %s and no %s, and only safetensors is read, which runs no code"
                                            + " (in transformers: AutoModelForCausalLM.from_pretrained(folder)"
                                            + ".save_pretrained(folder))")
                                    .formatted(folder.location(), pickled, FILE));
                }
            }
            throw new FileNotFoundException("Cannot read model %s: %s is missing (or %s of one in parts)"
                    .formatted(folder.location(), FILE, INDEX));
        }
        String location = folder.location() + "/" + INDEX;
        Set<String> files = new TreeSet<>();
        Settings map = new Settings(ModelFolder.readJson(folder, INDEX), location).inside("weight_map");
        for (String tensor : map.json().keySet()) {
            JsonElement file = map.json().get(tensor);
            String name = map.text(tensor, "");
            if (!name.matches("[\\w.-]+\\.safetensors")) {
                throw new MalformedModelException(
                        "Cannot read %s: tensor %s is in %s (must be a .safetensors file of the folder)"
                                .formatted(location, tensor, file));
            }
            files.add(name);
        }
        return files;
    }
}
