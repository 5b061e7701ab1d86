package io.solera.reward.outside;

import io.solera.problem.RequestException;
import io.solera.reward.Reward;
import io.solera.reward.Score;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scores computed by an HTTP service: batches of texts are posted as JSON, see docs/outside-rewards.md. A missed
 * deadline is {@link io.solera.reward.Status#TIMED_OUT}, any other missing answer
 * {@link io.solera.reward.Status#FAILED}.
 */
public final class ServiceReward implements Reward {
    private final Service service;
    private final int batch;

    /**
     * @param deadline of a batch, including all attempts
     * @param batch maximum texts in a request
     * @param retries after the first attempt
     * @param connections maximum concurrent connections from a JVM
     * @param token the environment variable on the executor with the bearer token; empty for none
     */
    public ServiceReward(String url, Duration deadline, int batch, int retries, int connections, String token) {
        service = new Service(uri(url), deadline, retries, connections, token);
        this.batch = Batches.checked(batch);
    }

    @Override
    public List<Score> score(List<@Nullable String> texts) {
        return Batches.score(texts, batch, ServiceClient.of(service)::score);
    }

    @Override
    public boolean guardsItself() {
        return true;
    }

    @Override
    public List<String> problems() {
        return ServiceClient.of(service).problems();
    }

    private static URI uri(String url) {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new RequestException("Invalid url: %s (must be http://... or https://...)".formatted(url), e);
        }
    }
}
