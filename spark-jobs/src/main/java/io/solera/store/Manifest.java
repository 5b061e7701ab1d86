package io.solera.store;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.solera.checkpoint.file.PrettyJson;
import io.solera.lang.Sha256;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The manifest, whose publication commits a round: its attempt, the run that wrote it, its files and its metrics.
 * {@code sha256} is the hash of the manifest's own JSON without that key, in compact form.
 */
record Manifest(int round, String attempt, String run, List<StoredFile> files, JsonObject metrics) {
    static final String NAME = "manifest.json";
    /** Of the commit protocol, see docs/run-folder.md. A manifest without one has this, too. */
    private static final int FORMAT = 1;

    private static final String HASH = "sha256";
    private static final Pattern ATTEMPT = Pattern.compile("[0-9a-f]{8}");
    private static final Pattern RUN = Pattern.compile("[0-9A-Za-z-]{1,64}");
    private static final Pattern ANY = Pattern.compile("(?s).*");

    Manifest {
        files = List.copyOf(files);
    }

    String text() {
        JsonArray list = new JsonArray();
        for (StoredFile file : files) {
            JsonObject entry = new JsonObject();
            entry.addProperty("name", file.name());
            entry.addProperty("bytes", file.bytes());
            entry.addProperty("sha256", file.sha256());
            list.add(entry);
        }
        JsonObject json = new JsonObject();
        json.addProperty("format", FORMAT);
        json.addProperty("round", round);
        json.addProperty("attempt", attempt);
        json.addProperty("run", run);
        json.add("files", list);
        json.add("metrics", metrics);
        json.addProperty(HASH, Sha256.of(json.toString()));
        return PrettyJson.unescaped(json);
    }

    /** Parses a text as a JSON object; empty if it is incomplete. */
    static Optional<JsonObject> parse(String text) {
        try {
            JsonElement json = JsonParser.parseString(text);
            return json.isJsonObject() ? Optional.of(json.getAsJsonObject()) : Optional.empty();
        } catch (JsonParseException e) {
            return Optional.empty();
        }
    }

    /** @param location of the manifest, for messages */
    static Manifest of(JsonObject json, int round, String location) throws DamagedRunException {
        JsonObject content = json.deepCopy();
        JsonElement hash = content.remove(HASH);
        String actual = Sha256.of(content.toString());
        if (!(hash instanceof JsonPrimitive given) || !given.getAsString().equals(actual)) {
            throw new DamagedRunException(
                    round, "%s was changed (its SHA-256 is %s, and it says %s)".formatted(location, actual, hash));
        }
        ManifestJson values = new ManifestJson(json, round, location);
        if (json.has("format") && values.count("format") != FORMAT) {
            throw new DamagedRunException(
                    round,
                    "%s has format %s (must be %d; use the version of Solera that wrote it)"
                            .formatted(location, json.get("format"), FORMAT));
        }
        if (values.count("round") != round) {
            throw new DamagedRunException(
                    round, "%s is the manifest of another round (%s)".formatted(location, json.get("round")));
        }
        return new Manifest(
                round,
                values.text("attempt", ATTEMPT, "eight hexadecimal digits"),
                values.text("run", RUN, "letters, digits and -"),
                files(values),
                values.object("metrics"));
    }

    private static List<StoredFile> files(ManifestJson values) throws DamagedRunException {
        List<StoredFile> files = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ManifestJson file : values.objects("files")) {
            String name = file.text("name", ANY, StoredFile.RULE);
            if (!StoredFile.isName(name) || !names.add(name)) {
                throw file.wrong("name", StoredFile.RULE + ", each once");
            }
            files.add(new StoredFile(
                    name, file.count("bytes"), file.text("sha256", StoredFile.SHA256, "64 hexadecimal digits")));
        }
        return files;
    }
}
