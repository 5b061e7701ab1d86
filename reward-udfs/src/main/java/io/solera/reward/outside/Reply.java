package io.solera.reward.outside;

import io.solera.lang.Excerpt;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A service's response to one attempt. */
record Reply(int code, String body, HttpHeaders headers) {
    /** Code 0 means no answer at all, with the reason as its body. */
    static Reply none(@Nullable Throwable why) {
        return new Reply(0, String.valueOf(why), HttpHeaders.of(Map.of(), (name, value) -> true));
    }

    static Reply of(HttpResponse<byte[]> response) {
        return new Reply(
                response.statusCode(), new String(response.body(), StandardCharsets.UTF_8), response.headers());
    }

    boolean ok() {
        return code / 100 == 2;
    }

    /** Whether the same request may succeed later. */
    boolean passing() {
        return code == 0 || code == 408 || code == 429 || code >= 500;
    }

    /** Whether a single text of the batch may be the reason for the refusal. */
    boolean aboutContent() {
        return code == 400 || code == 413 || code == 422 || code == 500;
    }

    /** The target of a redirection that keeps the request. */
    @Nullable
    URI redirection(URI from) {
        Optional<String> to = code == 307 || code == 308 ? headers.firstValue("Location") : Optional.empty();
        return to.map(from::resolve).orElse(null);
    }

    /** The {@code Retry-After} of the service, in seconds or until a date; zero if absent. */
    Duration retryAfter() {
        String value = headers.firstValue("Retry-After").orElse("").strip();
        if (value.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        try {
            Instant date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration left = Duration.between(Instant.now(), date);
            return left.isNegative() ? Duration.ZERO : left;
        } catch (DateTimeParseException e) {
            return Duration.ZERO;
        }
    }

    String described() {
        return code == 0
                ? body
                : "status %d%s"
                        .formatted(code, body.isBlank() ? "" : " (" + Excerpt.of(body.strip(), Answer.SHOWN) + ")");
    }
}
