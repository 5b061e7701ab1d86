package io.solera.checkpoint.file;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;

/** JSON for people to read: a key per line, nulls written, a line end at the end. */
public final class PrettyJson {
    private static final Gson ESCAPED =
            new GsonBuilder().setPrettyPrinting().serializeNulls().create();
    private static final Gson PLAIN = new GsonBuilder()
            .setPrettyPrinting()
            .serializeNulls()
            .disableHtmlEscaping()
            .create();

    private PrettyJson() {}

    /** With {@code <}, {@code >}, {@code &}, {@code =} and apostrophes as escapes. */
    public static String text(JsonElement json) {
        return ESCAPED.toJson(json) + "\n";
    }

    /** With those characters as they are. */
    public static String unescaped(JsonElement json) {
        return PLAIN.toJson(json) + "\n";
    }
}
