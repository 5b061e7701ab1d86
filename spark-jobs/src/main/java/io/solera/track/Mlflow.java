package io.solera.track;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.solera.config.yaml.ConfigDifference;
import io.solera.lang.Excerpt;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run of an MLflow server: the resolved job as its parameters, the numbers of steps and rounds as its metrics, and in
 * the end the run's files and the policy of the best round as its artefacts. A resumed run continues the same run of
 * MLflow, which is found by a tag; what the server has already is not sent again.
 */
final class Mlflow implements Tracker {
    private static final int LONGEST_VALUE = 5_900;

    private final TrackedRun run;
    private final MlflowSettings settings;
    private final MlflowServer server;
    private @Nullable MlflowRun open;
    private Timeline timeline = new Timeline();
    private int next;

    Mlflow(TrackedRun run, Map<String, String> environment) throws LeftTrackerException {
        this.run = run;
        settings = MlflowSettings.of(environment);
        server = new MlflowServer(settings);
    }

    @Override
    public void reach(int round) throws IOException {
        MlflowRun to = opened();
        open = null; // after a call that failed nobody knows what it did
        for (; next <= round; next++) {
            for (Scalars scalars : timeline.add(run.round(next))) {
                to.take(scalars);
            }
        }
        to.send();
        open = to;
    }

    @Override
    public void end(boolean done) throws IOException {
        MlflowRun to = opened();
        if (!done) {
            to.status("KILLED");
        } else if (!to.status().equals("FINISHED")) {
            new MlflowFiles(run, server, to.files()).send();
            to.status("FINISHED");
        }
    }

    private MlflowRun opened() throws IOException {
        if (open != null) {
            return open;
        }
        timeline = new Timeline();
        next = 0;
        MlflowRun found = settings.runId().isEmpty() ? foundOrMade() : named();
        found.parameters(parameters());
        open = found;
        return found;
    }

    private MlflowRun named() throws IOException {
        MlflowRun found = read(settings.runId());
        if (found.owner().isEmpty()) {
            found.tags(tags());
        } else if (!found.owner().equals(run.id())) {
            throw new LeftTrackerException(
                    "MLFLOW_RUN_ID names run %s, which has the numbers of another run of Solera (unset it)"
                            .formatted(settings.runId()));
        }
        return found;
    }

    private MlflowRun foundOrMade() throws IOException {
        String experiment = settings.experimentId().isEmpty() ? experiment() : settings.experimentId();
        JsonObject search = new JsonObject();
        JsonArray experiments = new JsonArray();
        experiments.add(experiment);
        search.add("experiment_ids", experiments);
        search.addProperty("filter", "tags.`%s` = '%s'".formatted(MlflowRun.OWNER, run.id()));
        search.addProperty("max_results", 1);
        JsonObject found = server.post("runs/search", search);
        if (found.has("runs") && !found.getAsJsonArray("runs").isEmpty()) {
            JsonObject info =
                    found.getAsJsonArray("runs").get(0).getAsJsonObject().getAsJsonObject("info");
            return read(info.get("run_id").getAsString());
        }
        JsonObject create = new JsonObject();
        create.addProperty("experiment_id", experiment);
        create.addProperty("run_name", run.name());
        create.addProperty("start_time", System.currentTimeMillis());
        JsonArray tags = new JsonArray();
        tags().forEach((key, value) -> tags.add(MlflowRun.pair(key, value)));
        create.add("tags", tags);
        return new MlflowRun(server, server.post("runs/create", create).getAsJsonObject("run"));
    }

    /** The number of the experiment of the name that is set, which is made where there is none. */
    private String experiment() throws IOException {
        String name = settings.experimentName();
        try {
            JsonObject found = server.get("experiments/get-by-name", "experiment_name", name)
                    .getAsJsonObject("experiment");
            if (found.has("lifecycle_stage")
                    && found.get("lifecycle_stage").getAsString().equals("deleted")) {
                throw new LeftTrackerException(
                        "experiment %s was deleted (restore it, or name another one with MLFLOW_EXPERIMENT_NAME)"
                                .formatted(Excerpt.inLine(name, 100)));
            }
            return found.get("experiment_id").getAsString();
        } catch (MlflowServer.Refused e) {
            if (!e.code().equals("RESOURCE_DOES_NOT_EXIST")) {
                throw e;
            }
            JsonObject create = new JsonObject();
            create.addProperty("name", name);
            return server.post("experiments/create", create)
                    .get("experiment_id")
                    .getAsString();
        }
    }

    private MlflowRun read(String id) throws IOException {
        return new MlflowRun(server, server.get("runs/get", "run_id", id).getAsJsonObject("run"));
    }

    private Map<String, String> tags() throws IOException {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put(MlflowRun.OWNER, run.id());
        tags.put("solera.run-dir", run.folder().location());
        tags.put("mlflow.source.name", "solera");
        tags.put("mlflow.source.type", "JOB");
        return tags;
    }

    /** The resolved job, key by key; what is longer than a parameter may be is whole in {@code job.yaml}. */
    private Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        ConfigDifference.flat(run.job())
                .forEach((key, value) ->
                        parameters.put(key.replaceAll("\\[(\\d+)]", ".$1"), Excerpt.of(value, LONGEST_VALUE)));
        return parameters;
    }
}
