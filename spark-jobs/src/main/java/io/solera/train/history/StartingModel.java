package io.solera.train.history;

import io.solera.checkpoint.file.Folder;
import io.solera.checkpoint.file.MalformedModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a run's first policy came from, as far as its folder says.
 *
 * @param hubName its name on Hugging Face's hub, as {@code owner/name}; null where the folder does not say
 * @param licence lines about the licence in the front matter of its model card
 * @param notices texts such as {@code LICENSE}, by file name
 */
public record StartingModel(@Nullable String hubName, List<String> licence, Map<String, String> notices) {
    public static final StartingModel UNKNOWN = new StartingModel(null, List.of(), Map.of());

    private static final List<String> NOTICES =
            List.of("LICENSE", "LICENSE.txt", "LICENSE.md", "NOTICE", "NOTICE.txt", "USE_POLICY.md");
    private static final Pattern FRONT_MATTER =
            Pattern.compile("\\A---[ \\t]*\\R(.*?)^---[ \\t]*$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern HUB_NAME =
            Pattern.compile("\"_name_or_path\"\\s*:\\s*\"([A-Za-z0-9][\\w.-]*/[A-Za-z0-9][\\w.-]*)\"");

    private static final int MAX_BYTES = 1 << 20;

    public StartingModel {
        licence = List.copyOf(licence);
        notices = Map.copyOf(notices);
    }

    /** Of a model folder. */
    public static StartingModel of(Folder folder) throws IOException {
        Map<String, String> notices = new LinkedHashMap<>();
        for (String name : NOTICES) {
            String text = text(folder, name);
            if (!text.isEmpty()) {
                notices.put(name, text);
            }
        }
        Matcher name = HUB_NAME.matcher(text(folder, "config.json"));
        return new StartingModel(name.find() ? name.group(1) : null, licence(text(folder, PolicyCard.FILE)), notices);
    }

    /** {@code license}, {@code license_name} and {@code license_link}, each with its continuation lines. */
    static List<String> licence(String card) {
        Matcher front = FRONT_MATTER.matcher(card);
        List<String> lines = new ArrayList<>();
        boolean kept = false;
        for (String line : front.find() ? front.group(1).split("\\R", -1) : new String[0]) {
            boolean goesOn = !line.isEmpty() && " \t-".indexOf(line.charAt(0)) >= 0;
            kept = goesOn ? kept : line.matches("license(_name|_link)?\\s*:.*");
            if (kept) {
                lines.add(line);
            }
        }
        return lines;
    }

    /** Whether the model card of a folder has a tag. */
    static boolean tagged(Folder folder, String tag) throws IOException {
        Matcher front = FRONT_MATTER.matcher(text(folder, PolicyCard.FILE));
        return front.find()
                && Pattern.compile(
                                "^(tags:.*[\\[,\\s]|\\s*-\\s+)" + Pattern.quote(tag) + "\\s*(,|\\]|$)",
                                Pattern.MULTILINE)
                        .matcher(front.group(1))
                        .find();
    }

    private static String text(Folder folder, String name) throws IOException {
        if (!folder.exists(name)) {
            return "";
        }
        try (InputStream in = folder.open(name)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new MalformedModelException(
                        "Cannot read %s of %s: it is longer than %d bytes, which no text about a model is"
                                .formatted(name, folder.location(), MAX_BYTES));
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
