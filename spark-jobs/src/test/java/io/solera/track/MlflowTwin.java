package io.solera.track;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * An MLflow server in memory, as far as trackers use one. Keys, types, error codes and the rule that a parameter does
 * not change are those of MLflow 3.17; like its file store it keeps a point as often as it is sent.
 */
final class MlflowTwin implements AutoCloseable {
    /** A point of a metric. */
    record Point(long step, double value, long timestamp) {}

    /** A run. */
    static final class Run {
        final Map<String, List<Point>> metrics = new TreeMap<>();
        final Map<String, String> parameters = new TreeMap<>();
        final Map<String, String> tags = new TreeMap<>();
        final List<String> states = new ArrayList<>(List.of("RUNNING"));
        String name = "";
        long start;
    }

    final Map<String, String> experiments = new LinkedHashMap<>(Map.of("Default", "0"));
    final Map<String, Run> runs = new LinkedHashMap<>();
    final Map<String, String> files = new TreeMap<>();
    final List<String> calls = new ArrayList<>();
    final List<String> authorizations = new ArrayList<>();
    String fileStore = "mlflow-artifacts:/";

    /** Given a call, what happens instead of an answer; null: the answer. */
    volatile Function<String, Fault> faults = call -> null;

    /**
     * What goes wrong with a call.
     *
     * @param done whether it has its effect all the same
     * @param millis that the answer takes
     */
    record Fault(int status, boolean done, long millis, String retryAfter) {
        static Fault of(int status) {
            return new Fault(status, false, 0, "");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    MlflowTwin() throws IOException {
        this(0);
    }

    MlflowTwin(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String uri() {
        return "http://127.0.0.1:" + port();
    }

    /** The only run. */
    Run run() {
        if (runs.size() != 1) {
            throw new AssertionError("runs " + runs.keySet());
        }
        return runs.values().iterator().next();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        String call = path.replaceFirst("^/api/2.0/(mlflow/)?", "");
        Fault fault;
        byte[] answer;
        int status = 200;
        synchronized (this) {
            calls.add(call);
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            fault = faults.apply(call);
            answer = new byte[0];
            if (fault == null || fault.done) {
                try {
                    answer = done(call, exchange.getRequestURI().getRawQuery(), body)
                            .toString()
                            .getBytes(StandardCharsets.UTF_8);
                } catch (Failure e) {
                    status = e.status;
                    answer = e.getMessage().getBytes(StandardCharsets.UTF_8);
                }
            }
        }
        if (fault != null) {
            status = fault.status;
            answer = "<html>no</html>".getBytes(StandardCharsets.UTF_8);
            if (!fault.retryAfter.isEmpty()) {
                exchange.getResponseHeaders().add("Retry-After", fault.retryAfter);
            }
            try {
                Thread.sleep(fault.millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private static final class Failure extends IOException {
        private final int status;

        Failure(int status, String code, String message) {
            super("{\"error_code\": \"%s\", \"message\": \"%s\"}".formatted(code, message));
            this.status = status;
        }
    }

    private JsonObject done(String call, String query, byte[] body) throws Failure {
        if (call.startsWith("mlflow-artifacts/artifacts/")) {
            files.put(call.substring("mlflow-artifacts/artifacts/".length()), new String(body, StandardCharsets.UTF_8));
            return new JsonObject();
        }
        String value =
                query == null ? "" : URLDecoder.decode(query.substring(query.indexOf('=') + 1), StandardCharsets.UTF_8);
        JsonObject json = body.length == 0
                ? new JsonObject()
                : JsonParser.parseString(new String(body, StandardCharsets.UTF_8))
                        .getAsJsonObject();
        return switch (call) {
            case "experiments/get-by-name" -> experiment(value);
            case "experiments/create" -> {
                experiments.put(json.get("name").getAsString(), "" + experiments.size());
                yield json("{'experiment_id': '%d'}".formatted(experiments.size() - 1));
            }
            case "runs/search" -> search(json);
            case "runs/create" -> create(json);
            case "runs/get" -> of(value, run(value));
            case "runs/update" -> update(json);
            case "runs/log-batch" -> log(json);
            default -> throw new Failure(404, "ENDPOINT_NOT_FOUND", call);
        };
    }

    private JsonObject experiment(String name) throws Failure {
        if (!experiments.containsKey(name)) {
            throw new Failure(404, "RESOURCE_DOES_NOT_EXIST", "Could not find experiment with name '" + name + "'");
        }
        return json("{'experiment': {'experiment_id': '%s', 'name': '%s', 'lifecycle_stage': 'active'}}"
                .formatted(experiments.get(name), name));
    }

    private JsonObject search(JsonObject json) {
        String filter = json.get("filter").getAsString();
        String experiment = json.getAsJsonArray("experiment_ids").get(0).getAsString();
        JsonArray found = new JsonArray();
        runs.forEach((id, run) -> {
            if (filter.equals("tags.`solera.run` = '%s'".formatted(run.tags.get("solera.run")))
                    && id.startsWith(experiment + "-")) {
                found.add(of(id, run).get("run"));
            }
        });
        JsonObject answer = new JsonObject();
        if (!found.isEmpty()) {
            answer.add("runs", found);
        }
        return answer;
    }

    private JsonObject create(JsonObject json) {
        Run run = new Run();
        run.name = json.get("run_name").getAsString();
        run.start = json.get("start_time").getAsLong();
        pairs(json, "tags", run.tags);
        String id = json.get("experiment_id").getAsString() + "-" + runs.size();
        runs.put(id, run);
        return of(id, run);
    }

    private JsonObject update(JsonObject json) throws Failure {
        String id = json.get("run_id").getAsString();
        run(id).states.add(json.get("status").getAsString());
        return of(id, run(id));
    }

    private JsonObject log(JsonObject json) throws Failure {
        Run run = run(json.get("run_id").getAsString());
        int entries = 0;
        for (String what : List.of("metrics", "params", "tags")) {
            entries += json.has(what) ? json.getAsJsonArray(what).size() : 0;
        }
        if (entries > 1000
                || (json.has("params") && json.getAsJsonArray("params").size() > 100)) {
            throw new Failure(400, "INVALID_PARAMETER_VALUE", "A batch logging request is too large");
        }
        Map<String, String> parameters = new TreeMap<>();
        pairs(json, "params", parameters);
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            String old = run.parameters.putIfAbsent(parameter.getKey(), parameter.getValue());
            if (old != null && !old.equals(parameter.getValue())) {
                throw new Failure(400, "INVALID_PARAMETER_VALUE", "Changing param values is not allowed");
            }
        }
        pairs(json, "tags", run.tags);
        for (JsonElement metric : json.has("metrics") ? json.getAsJsonArray("metrics") : new JsonArray()) {
            JsonObject point = metric.getAsJsonObject();
            run.metrics
                    .computeIfAbsent(point.get("key").getAsString(), key -> new ArrayList<>())
                    .add(new Point(
                            point.get("step").getAsLong(),
                            point.get("value").getAsDouble(),
                            point.get("timestamp").getAsLong()));
        }
        return new JsonObject();
    }

    private Run run(String id) throws Failure {
        Run run = runs.get(id);
        if (run == null) {
            throw new Failure(404, "RESOURCE_DOES_NOT_EXIST", "Run with id=%s not found".formatted(id));
        }
        return run;
    }

    private JsonObject of(String id, Run run) {
        JsonObject info = json("{'run_id': '%s', 'status': '%s', 'artifact_uri': '%s1/%s/artifacts'}"
                .formatted(id, run.states.get(run.states.size() - 1), fileStore, id));
        info.addProperty("start_time", run.start);
        JsonObject data = new JsonObject();
        data.add("params", array(run.parameters));
        data.add("tags", array(run.tags));
        JsonArray metrics = new JsonArray();
        run.metrics.forEach((key, points) -> {
            Point last = points.get(points.size() - 1);
            JsonObject metric = new JsonObject();
            metric.addProperty("key", key);
            metric.addProperty("value", last.value);
            metric.addProperty("timestamp", last.timestamp);
            metric.addProperty("step", last.step);
            metrics.add(metric);
        });
        if (!metrics.isEmpty()) {
            data.add("metrics", metrics);
        }
        JsonObject whole = new JsonObject();
        whole.add("info", info);
        whole.add("data", data);
        JsonObject answer = new JsonObject();
        answer.add("run", whole);
        return answer;
    }

    private static JsonArray array(Map<String, String> values) {
        JsonArray array = new JsonArray();
        values.forEach((key, value) -> array.add(MlflowRun.pair(key, value)));
        return array;
    }

    private static void pairs(JsonObject json, String key, Map<String, String> to) {
        if (json.has(key)) {
            json.getAsJsonArray(key)
                    .forEach(pair -> to.put(
                            pair.getAsJsonObject().get("key").getAsString(),
                            pair.getAsJsonObject().get("value").getAsString()));
        }
    }

    private static JsonObject json(String text) {
        return TrackedRuns.json(text);
    }
}
