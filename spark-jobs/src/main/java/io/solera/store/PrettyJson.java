package io.solera.store;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;

/** JSON for people: a key per line, with nulls and a final line break. */
public final class PrettyJson {
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().serializeNulls().create();

    private PrettyJson() {}

    public static String text(JsonElement json) {
        return GSON.toJson(json) + "\n";
    }
}
