package io.solera.plan;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.solera.checkpoint.file.Json;
import io.solera.problem.DataException;
import io.solera.store.RecordJson;
import java.io.IOException;

/** Plans with their rates as JSON, from which another job can be planned. */
public final class RatesFile {
    private static final String RATES = "rates";
    private static final String PLAN = "plan";

    private RatesFile() {}

    public static JsonObject json(Plan plan, Rates rates) {
        JsonObject json = new JsonObject();
        json.add(PLAN, RecordJson.write(plan));
        json.add(RATES, RecordJson.write(rates));
        return json;
    }

    /** @param location for messages */
    public static Rates read(String text, String location) throws IOException {
        JsonElement rates = Json.object(text, location).get(RATES);
        if (rates == null || !rates.isJsonObject()) {
            throw new DataException(
                    "Cannot plan from %s: it has no %s (name a run folder, or what solera plan --output wrote)"
                            .formatted(location, RATES));
        }
        return RecordJson.read(rates.getAsJsonObject(), Rates.class, location);
    }
}
