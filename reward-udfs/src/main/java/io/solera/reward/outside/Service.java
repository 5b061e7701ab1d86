package io.solera.reward.outside;

import io.solera.problem.RequestException;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;

/**
 * An HTTP service that answers requests.
 *
 * @param deadline of a batch, including all attempts
 * @param retries after the first attempt
 * @param connections maximum concurrent connections from a JVM
 * @param token the environment variable with the bearer token, empty for none; the token itself is never stored here
 */
record Service(URI url, Duration deadline, int retries, int connections, String token) implements Serializable {
    Service {
        if (!("http".equals(url.getScheme()) || "https".equals(url.getScheme())) || url.getHost() == null) {
            throw new RequestException("Invalid url: %s (must be http://... or https://...)".formatted(url));
        }
        if (url.getRawUserInfo() != null) {
            throw new RequestException(
                    "Invalid url: it contains a user name or password (must not; name a variable with token-env)");
        }
        if (deadline.isZero() || deadline.isNegative()) {
            throw new RequestException("Invalid deadline: %s (must be above 0)".formatted(deadline));
        }
        if (retries < 0 || retries > 20) {
            throw new RequestException("Invalid retries: %d (must be 0 to 20)".formatted(retries));
        }
        if (connections < 1) {
            throw new RequestException("Invalid connections: %d (must be 1 or more)".formatted(connections));
        }
    }

    /** For messages: without the query, which may hold a key. */
    String name() {
        return "%s://%s%s".formatted(url.getScheme(), url.getRawAuthority(), url.getRawPath());
    }
}
