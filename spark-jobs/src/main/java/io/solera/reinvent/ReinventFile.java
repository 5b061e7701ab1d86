package io.solera.reinvent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import io.solera.problem.RequestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A configuration of REINVENT 4 in TOML or JSON, with the scoring files that it names. */
public final class ReinventFile {
    private static final int MAX_BYTES = 1 << 22;
    private static final String STAGED = "staged_learning";
    /** What other types of run have as a counterpart. */
    private static final Map<String, String> OTHERS = Map.of(
            "sampling", "solera sample",
            "scoring", "solera score",
            "transfer_learning", "solera pretrain --model, or solera sft",
            "enumeration", "solera score, on a table that was enumerated before");

    private final String name;
    private final ObjectNode content;

    private ReinventFile(String name, ObjectNode content) {
        this.name = name;
        this.content = content;
    }

    /** @throws RequestException where it is not a configuration of staged learning, with what to use in its place */
    public static ReinventFile read(Path file) throws IOException {
        ObjectNode content = parse(file);
        JsonNode type = content.path("run_type");
        if (!type.isTextual()) {
            throw refused(
                    file,
                    "it has no run_type (must be a configuration of REINVENT 4 with run_type = \"" + STAGED + "\")");
        }
        if (!type.textValue().equals(STAGED)) {
            String other = OTHERS.get(type.textValue());
            throw refused(
                    file,
                    "its run_type is %s (must be %s; %s)"
                            .formatted(
                                    type.textValue(), STAGED, other == null ? "that of REINVENT 4" : "use " + other));
        }
        JsonNode stages = content.path("stage");
        for (int i = 0; i < stages.size(); i++) {
            if (stages.get(i).path("scoring") instanceof ObjectNode scoring) {
                include(file, "stage[%d].scoring".formatted(i), scoring);
            }
        }
        return new ReinventFile(file.getFileName().toString(), content);
    }

    String name() {
        return name;
    }

    ObjectNode content() {
        return content;
    }

    /** Puts the keys of the file that a scoring section names in place of its own. */
    private static void include(Path file, String place, ObjectNode scoring) throws IOException {
        JsonNode name = scoring.remove("filename");
        scoring.remove("filetype");
        if (name == null || !name.isTextual() || name.textValue().isEmpty()) {
            return;
        }
        List<Path> tried = new ArrayList<>();
        for (Path path : List.of(file.resolveSibling(name.textValue()), Path.of(name.textValue()))) {
            if (Files.isRegularFile(path)) {
                scoring.setAll(parse(path));
                return;
            }
            tried.add(path.toAbsolutePath().normalize());
        }
        throw refused(
                file,
                "%s.filename names %s, and there is no such file (looked for %s)"
                        .formatted(place, name.textValue(), tried.get(0)));
    }

    private static ObjectNode parse(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new RequestException("Cannot read %s: no such file".formatted(file));
        }
        String ending = file.toString().replaceFirst(".*\\.", "");
        if (!ending.equals("toml") && !ending.equals("json")) {
            throw new RequestException(
                    "Cannot read %s: its name does not say what it is (must end in .toml or .json)".formatted(file));
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new RequestException("Cannot read %s: it is longer than %d bytes".formatted(file, MAX_BYTES));
        }
        ObjectMapper mapper = ending.equals("toml") ? new TomlMapper() : new ObjectMapper();
        try {
            JsonNode content = mapper.readTree(Files.readAllBytes(file));
            if (content instanceof ObjectNode table) {
                return table;
            }
        } catch (JsonProcessingException e) {
            throw new RequestException(
                    "Cannot read %s: %s at line %d, column %d"
                            .formatted(
                                    file,
                                    e.getOriginalMessage(),
                                    e.getLocation() == null
                                            ? 1
                                            : e.getLocation().getLineNr(),
                                    e.getLocation() == null
                                            ? 1
                                            : e.getLocation().getColumnNr()),
                    e);
        }
        throw new RequestException("Cannot read %s: it holds no keys and values".formatted(file));
    }

    private static RequestException refused(Path file, String why) {
        return new RequestException("Cannot import %s: %s".formatted(file, why));
    }
}
