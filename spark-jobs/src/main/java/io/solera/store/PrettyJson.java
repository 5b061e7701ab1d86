package io.solera.store;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;

/** JSON for people to read: a key per line, nulls written, a line end at the end. */
public final class PrettyJson {
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().serializeNulls().create();

    private PrettyJson() {}

    public static String text(JsonElement json) {
        return GSON.toJson(json) + "\n";
    }
}
