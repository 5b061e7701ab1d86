package io.solera.track;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.solera.lang.Excerpt;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The REST interface of an MLflow server, version 2.0 of it, which servers of 2.x and 3.x have. Every call ends within
 * its time, redirections are not followed, as they would take the token along, and of an answer a few megabytes are
 * read.
 */
final class MlflowServer {
    private static final String API = "/api/2.0/mlflow/";
    private static final String FILES = "mlflow-artifacts";
    private static final String ARTIFACTS = "/api/2.0/mlflow-artifacts/artifacts";
    private static final int LONGEST_ANSWER = 1 << 23;
    private static final int SHOWN = 200;
    private static final int BUSY = 3;
    private static final int LONGEST_PAUSE_SECONDS = 5;
    /** What a file may take for each byte, at 1 MB/s. */
    private static final long NANOS_PER_BYTE = 1_000;

    private final MlflowSettings settings;
    private final HttpClient client;

    MlflowServer(MlflowSettings settings) {
        this.settings = settings;
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    private record Answer(int status, String retryAfter, String body) {
        static Answer read(HttpResponse<InputStream> response) {
            try (InputStream in = response.body()) {
                return new Answer(
                        response.statusCode(),
                        response.headers().firstValue("Retry-After").orElse(""),
                        new String(in.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** An answer other than success. */
    static final class Refused extends IOException {
        private final int status;
        private final String code;

        Refused(String message, int status, String code) {
            super(message);
            this.status = status;
            this.code = code;
        }

        /** Such as {@code RESOURCE_DOES_NOT_EXIST}; empty where the answer has none. */
        String code() {
            return code;
        }

        /** Whether the same call would be refused again. */
        boolean isFinal() {
            return status / 100 == 3 || (status / 100 == 4 && status != 408 && status != 429);
        }
    }

    /** @param call such as {@code runs/get} */
    JsonObject get(String call, String parameter, String value) throws IOException {
        String query = "?" + parameter + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
        return json(call, API + call + query, "GET", BodyPublishers.noBody(), settings.timeout());
    }

    JsonObject post(String call, JsonObject body) throws IOException {
        return json(call, API + call, "POST", BodyPublishers.ofString(body.toString()), settings.timeout());
    }

    /**
     * Stores a file through the server.
     *
     * @param path that an {@code mlflow-artifacts:} URI has, with the name of the file; begins with a slash
     */
    void put(String path, Supplier<InputStream> content, long size) throws IOException {
        BodyPublisher body = size == 0
                ? BodyPublishers.noBody()
                : BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(content), size);
        String escaped = URLEncoder.encode(path, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
        json(FILES, ARTIFACTS + escaped, "PUT", body, settings.timeout().plusNanos(size * NANOS_PER_BYTE));
    }

    private JsonObject json(String call, String path, String method, BodyPublisher body, Duration timeout)
            throws IOException {
        for (int tried = 1; ; tried++) {
            Answer answer = once(call, path, method, body, timeout);
            if (answer.status / 100 == 2) {
                return parsed(call, answer.body);
            }
            if ((answer.status != 429 && answer.status != 503) || tried == BUSY) { // those two have done nothing
                throw refused(call, answer.status, answer.body);
            }
            pause(answer.retryAfter, tried);
        }
    }

    private Answer once(String call, String path, String method, BodyPublisher body, Duration timeout)
            throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(settings.server() + path))
                .header("Content-Type", call.equals(FILES) ? "application/octet-stream" : "application/json")
                .method(method, body);
        if (!settings.authorization().isEmpty()) {
            request.header("Authorization", settings.authorization());
        }
        CompletableFuture<HttpResponse<InputStream>> answer =
                client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        CompletableFuture<Answer> whole = answer.thenApply(Answer::read);
        try {
            return whole.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no answer within %d s to %s".formatted(timeout.toSeconds(), call));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException e) {
            Throwable why = e.getCause() == null ? e : e.getCause();
            throw new IOException(why instanceof ConnectException ? "it cannot be reached" : call + ": " + why, why);
        } finally {
            answer.cancel(true);
        }
    }

    private static JsonObject parsed(String call, String body) throws IOException {
        try {
            return body.isBlank()
                    ? new JsonObject()
                    : JsonParser.parseString(body).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw new IOException("%s answers with something else than JSON (%s): is it an MLflow server?"
                    .formatted(call, Excerpt.inLine(body.strip(), SHOWN)));
        }
    }

    private static Refused refused(String call, int status, String body) {
        String code = "";
        String message = body.strip();
        try {
            JsonObject json = JsonParser.parseString(body).getAsJsonObject();
            code = json.has("error_code") ? json.get("error_code").getAsString() : "";
            message = json.has("message") ? json.get("message").getAsString() : message;
        } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
            // a proxy's page, or nothing
        }
        String shown = Excerpt.inLine(message, SHOWN);
        return new Refused(
                "status %d to %s%s".formatted(status, call, shown.isEmpty() ? "" : " (%s)".formatted(shown)),
                status,
                code);
    }

    private static void pause(String retryAfter, int tried) throws InterruptedIOException {
        long seconds = retryAfter.matches("\\d{1,9}") ? Long.parseLong(retryAfter) : tried;
        try {
            TimeUnit.SECONDS.sleep(Math.min(LONGEST_PAUSE_SECONDS, seconds));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
