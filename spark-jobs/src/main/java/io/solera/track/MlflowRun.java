package io.solera.track;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A run of MLflow, as its server has it when it is opened. A metric's points are sent in the order of their steps, so
 * the last step of a metric says what the server has of it, even after a call that did half of its work.
 */
final class MlflowRun {
    /** Whose run it is: {@link TrackedRun#id}. */
    static final String OWNER = "solera.run";

    private static final int METRICS_PER_CALL = 1000;
    private static final int PARAMETERS_PER_CALL = 100;

    private final MlflowServer server;
    private final String id;
    private final String files;
    private final long startMillis;
    private final Set<String> parameters = new TreeSet<>();
    private final Map<String, Long> lastSteps = new HashMap<>();
    private final String owner;
    private String status;
    private JsonArray metrics = new JsonArray();

    /** @param run as {@code runs/get} has it */
    MlflowRun(MlflowServer server, JsonObject run) {
        this.server = server;
        JsonObject info = run.getAsJsonObject("info");
        JsonObject data = run.has("data") ? run.getAsJsonObject("data") : new JsonObject();
        id = info.get("run_id").getAsString();
        files = text(info, "artifact_uri");
        startMillis = info.has("start_time") ? info.get("start_time").getAsLong() : 0;
        status = text(info, "status");
        list(data, "params").forEach(parameter -> parameters.add(text(parameter, "key")));
        list(data, "metrics")
                .forEach(metric -> lastSteps.put(
                        text(metric, "key"),
                        metric.has("step") ? metric.get("step").getAsLong() : 0));
        owner = list(data, "tags").stream()
                .filter(tag -> text(tag, "key").equals(OWNER))
                .map(tag -> text(tag, "value"))
                .findFirst()
                .orElse("");
    }

    String id() {
        return id;
    }

    /** {@link #OWNER} of the run; empty where it has none. */
    String owner() {
        return owner;
    }

    String status() {
        return status;
    }

    /** The URI of its files. */
    String files() {
        return files;
    }

    /** Sets parameters that it does not have: they cannot change. */
    void parameters(Map<String, String> values) throws IOException {
        JsonArray rest = new JsonArray();
        values.forEach((key, value) -> {
            if (!parameters.contains(key)) {
                rest.add(pair(key, value));
            }
        });
        for (int k = 0; k < rest.size(); k += PARAMETERS_PER_CALL) {
            JsonArray some = new JsonArray();
            rest.asList()
                    .subList(k, Math.min(rest.size(), k + PARAMETERS_PER_CALL))
                    .forEach(some::add);
            log("params", some);
        }
        parameters.addAll(values.keySet());
    }

    void tags(Map<String, String> values) throws IOException {
        JsonArray tags = new JsonArray();
        values.forEach((key, value) -> tags.add(pair(key, value)));
        log("tags", tags);
    }

    /** Takes the numbers of a place that the server does not have; {@link #send} sends what was taken. */
    void take(Scalars scalars) throws IOException {
        for (Map.Entry<String, Double> value : scalars.values().entrySet()) {
            if (scalars.step() > lastSteps.getOrDefault(value.getKey(), -1L)) {
                JsonObject metric = new JsonObject();
                metric.addProperty("key", value.getKey());
                metric.addProperty("value", value.getValue());
                metric.addProperty("timestamp", startMillis + Math.round(1000 * scalars.seconds()));
                metric.addProperty("step", scalars.step());
                metrics.add(metric);
                if (metrics.size() == METRICS_PER_CALL) {
                    send();
                }
            }
        }
    }

    void send() throws IOException {
        if (!metrics.isEmpty()) {
            status("RUNNING");
            log("metrics", metrics);
            metrics = new JsonArray();
        }
    }

    /** Sets its state, such as {@code RUNNING}, where it has another. */
    void status(String now) throws IOException {
        if (!status.equals(now)) {
            JsonObject body = body();
            body.addProperty("status", now);
            if (!now.equals("RUNNING")) {
                body.addProperty("end_time", System.currentTimeMillis());
            }
            server.post("runs/update", body);
            status = now;
        }
    }

    private void log(String what, JsonArray entries) throws IOException {
        JsonObject body = body();
        body.add(what, entries);
        server.post("runs/log-batch", body);
    }

    private JsonObject body() {
        JsonObject body = new JsonObject();
        body.addProperty("run_id", id);
        return body;
    }

    /** A parameter or a tag. */
    static JsonObject pair(String key, String value) {
        JsonObject pair = new JsonObject();
        pair.addProperty("key", key);
        pair.addProperty("value", value);
        return pair;
    }

    private static List<JsonObject> list(JsonObject json, String key) {
        return json.has(key)
                ? json.getAsJsonArray(key).asList().stream()
                        .map(JsonElement::getAsJsonObject)
                        .toList()
                : List.of();
    }

    private static String text(JsonObject json, String key) {
        return json.has(key) ? json.get(key).getAsString() : "";
    }
}
