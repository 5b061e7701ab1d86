package io.solera.fit;

import com.google.gson.JsonObject;

/** A task on one split: how a network did on what was kept aside, next to a linear model. */
sealed interface CardLine permits ClassificationLine, RegressionLine {
    String task();

    String split();

    int epochs();

    /** Why the network is not worth its use; empty where it is. */
    String worth(boolean baseline);

    /** Its row in the table of measures. */
    String row();

    /** Adds the measures. */
    void write(JsonObject entry, String plural);

    /** @param plural of what the table's rows hold */
    default JsonObject json(String plural) {
        JsonObject entry = new JsonObject();
        entry.addProperty("task", task());
        entry.addProperty("split", split());
        entry.addProperty("epochs", epochs());
        write(entry, plural);
        return entry;
    }
}
