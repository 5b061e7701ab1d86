package io.solera.track;

import io.solera.lang.Excerpt;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/**
 * Where an MLflow server is and what it is told, by the environment variables of MLflow's own clients.
 *
 * @param server of {@code MLFLOW_TRACKING_URI}, without a slash at its end
 * @param authorization the header; empty: none
 * @param experimentId {@code MLFLOW_EXPERIMENT_ID}; empty: the one of that name
 * @param experimentName {@code MLFLOW_EXPERIMENT_NAME}
 * @param runId {@code MLFLOW_RUN_ID}; empty: the run that was made for this one, or a new one
 * @param timeout of a call
 */
record MlflowSettings(
        URI server, String authorization, String experimentId, String experimentName, String runId, Duration timeout) {
    private static final String URI_KEY = "MLFLOW_TRACKING_URI";
    private static final String TOKEN = "MLFLOW_TRACKING_TOKEN";
    private static final String USER = "MLFLOW_TRACKING_USERNAME";
    private static final String PASSWORD = "MLFLOW_TRACKING_PASSWORD";
    private static final String TIMEOUT = "MLFLOW_HTTP_REQUEST_TIMEOUT";
    /** MLflow's clients wait for 120 seconds; the end of a run must not. */
    private static final int LONGEST_SECONDS = 20;

    /** @throws LeftTrackerException naming the variable that is missing or wrong, and never its secrets */
    static MlflowSettings of(Map<String, String> environment) throws LeftTrackerException {
        return new MlflowSettings(
                server(value(environment, URI_KEY)),
                authorization(environment),
                value(environment, "MLFLOW_EXPERIMENT_ID"),
                environment.containsKey("MLFLOW_EXPERIMENT_NAME")
                        ? value(environment, "MLFLOW_EXPERIMENT_NAME")
                        : "Default",
                value(environment, "MLFLOW_RUN_ID"),
                timeout(value(environment, TIMEOUT)));
    }

    /** Without the header: a record's text is easily logged. */
    @Override
    public String toString() {
        return "MLflow at " + server;
    }

    private static String value(Map<String, String> environment, String key) {
        return environment.getOrDefault(key, "").strip();
    }

    private static URI server(String text) throws LeftTrackerException {
        if (text.isEmpty()) {
            throw new LeftTrackerException(
                    "the environment variable %s is not set (export %s=http://host:5000)".formatted(URI_KEY, URI_KEY));
        }
        URI uri;
        try {
            uri = URI.create(text.replaceAll("/+$", ""));
        } catch (IllegalArgumentException e) { // its message has the text, which may hold a password
            throw new LeftTrackerException(
                    "the value of %s is not a URI (must be like http://host:5000)".formatted(URI_KEY));
        }
        if (uri.getRawUserInfo() != null || text.contains("@")) {
            throw new LeftTrackerException(
                    ("the value of %s holds a user or a password, which would show up in logs (use"
                                    + " %s and %s, or %s)")
                            .formatted(URI_KEY, USER, PASSWORD, TOKEN));
        }
        if (!("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                || uri.getHost() == null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            throw new LeftTrackerException("%s is %s (must be the address of a server, like http://host:5000)"
                    .formatted(URI_KEY, shown(text)));
        }
        return uri;
    }

    private static String shown(String text) {
        return Excerpt.inLine(text.replaceAll("[?#].*", "?..."), 100);
    }

    private static String authorization(Map<String, String> environment) throws LeftTrackerException {
        String user = value(environment, USER);
        String password = environment.getOrDefault(PASSWORD, "");
        if (!user.isEmpty() && !password.isEmpty()) {
            byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(both);
        }
        String token = value(environment, TOKEN);
        if (!token.matches("[!-~]*")) {
            throw new LeftTrackerException(
                    "the value of %s is not a token (it has characters other than visible ASCII)".formatted(TOKEN));
        }
        return token.isEmpty() ? "" : "Bearer " + token;
    }

    private static Duration timeout(String seconds) throws LeftTrackerException {
        if (seconds.isEmpty()) {
            return Duration.ofSeconds(LONGEST_SECONDS);
        }
        if (!seconds.matches("[1-9]\\d{0,8}")) {
            throw new LeftTrackerException("%s is %s (must be a number of seconds)".formatted(TIMEOUT, shown(seconds)));
        }
        return Duration.ofSeconds(Math.min(LONGEST_SECONDS, Integer.parseInt(seconds)));
    }
}
