package io.solera.reward.learned;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.solera.checkpoint.file.Folder;
import io.solera.checkpoint.file.MalformedModelException;
import io.solera.reward.learned.encoding.OneHot;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The domain of a network on sequences in its folder: {@code sequences.txt.gz}, and numbers in {@code config.json}. */
final class SequenceDomainFile {
    private static final String SEQUENCES = "sequences.txt.gz";
    private static final Gson GSON = new Gson();

    private SequenceDomainFile() {}

    /** The part for {@code config.json}. */
    static JsonObject write(Folder folder, SequenceDomain seen) throws IOException {
        try (Writer out =
                new OutputStreamWriter(new GZIPOutputStream(folder.create(SEQUENCES)), StandardCharsets.US_ASCII)) {
            for (String sequence : seen.sequences()) {
                out.write(sequence);
                out.write('\n');
            }
        }
        JsonObject json = new JsonObject();
        json.addProperty("sequences", seen.sequences().size());
        json.addProperty("usual_nearness", seen.usual());
        json.add("lowest_label", GSON.toJsonTree(seen.lowest()));
        json.add("highest_label", GSON.toJsonTree(seen.highest()));
        return json;
    }

    static SequenceDomain read(Folder folder, JsonObject json, OneHot encoding) throws IOException {
        int count = json.get("sequences").getAsInt();
        List<String> sequences = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(folder.open(SEQUENCES), 1 << 16), StandardCharsets.US_ASCII))) {
            char[] line = new char[encoding.positions() + 1];
            int length = 0;
            for (int c = in.read(); c != -1 && sequences.size() <= count; c = in.read()) {
                if (c == '\n') {
                    sequences.add(new String(line, 0, length));
                    length = 0;
                } else if (length < encoding.positions()) {
                    line[length++] = (char) c;
                } else {
                    throw new MalformedModelException("Cannot read %s/%s: line %d is longer than %d letters"
                            .formatted(folder.location(), SEQUENCES, sequences.size() + 1, encoding.positions()));
                }
            }
        }
        if (sequences.size() != count) {
            throw new MalformedModelException("Cannot read %s/%s: it does not hold %d sequences (copy it again)"
                    .formatted(folder.location(), SEQUENCES, count));
        }
        return new SequenceDomain(
                encoding,
                sequences,
                json.get("usual_nearness").getAsDouble(),
                floats(json.getAsJsonArray("lowest_label")),
                floats(json.getAsJsonArray("highest_label")));
    }

    private static float[] floats(JsonArray array) {
        float[] values = new float[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).getAsFloat();
        }
        return values;
    }
}
