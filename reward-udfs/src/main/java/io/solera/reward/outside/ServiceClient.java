package io.solera.reward.outside;

import io.solera.reward.Problems;
import io.solera.reward.Score;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The connections of this JVM to one service. Transient errors (no connection, 408, 429, 5xx) are retried after 0.5 s x
 * 2^n minus a random part of up to half of it, or after {@code Retry-After}, all within the deadline. If a batch is
 * refused for its content (400, 413, 422, 500) its texts are sent one by one.
 */
final class ServiceClient {
    private static final Map<Service, ServiceClient> ALL = new ConcurrentHashMap<>();
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final int REDIRECTIONS = 5;

    /** Created when the first service is called. */
    private static final class Http {
        static final HttpClient CLIENT = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    private final Service service;
    private final Semaphore slots;
    private final Problems problems = new Problems();

    private ServiceClient(Service service) {
        this.service = service;
        slots = new Semaphore(service.connections());
    }

    static ServiceClient of(Service service) {
        return ALL.computeIfAbsent(service, ServiceClient::new);
    }

    List<String> problems() {
        return problems.examples();
    }

    List<Score> score(List<String> texts) {
        return score(texts, service.retries());
    }

    private List<Score> score(List<String> texts, int retries) {
        try {
            slots.acquire();
            Reply reply;
            try {
                reply = reply(new Request(1, texts).json(), retries);
            } finally {
                slots.release();
            }
            if (reply.ok()) {
                Answer answer = Answer.read(reply.body(), texts.size());
                answer.note(texts, problems);
                return answer.scores();
            }
            if (texts.size() > 1 && reply.aboutContent()) {
                List<Score> scores = new ArrayList<>(texts.size());
                texts.forEach(text -> scores.addAll(score(List.of(text), 0)));
                return scores;
            }
            throw LostAnswerException.failed("no answer of %s: %s".formatted(service.name(), reply.described()));
        } catch (LostAnswerException e) {
            problems.note(texts.get(0), e.reason());
            return texts.stream().map(text -> Score.missing(e.status())).toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Cannot score: interrupted", e);
        }
    }

    private Reply reply(String body, int retries) throws LostAnswerException, InterruptedException {
        long end = System.nanoTime() + service.deadline().toNanos();
        for (int tried = 0; ; tried++) {
            Reply reply = redirected(body, end);
            if (!reply.passing() || tried == retries) {
                return reply;
            }
            Duration retryAfter = reply.retryAfter();
            long pause = retryAfter.isZero() ? pause(tried) : retryAfter.toNanos();
            if (System.nanoTime() + pause - end > 0) {
                throw late(reply.described());
            }
            TimeUnit.NANOSECONDS.sleep(pause);
        }
    }

    private static long pause(int tried) {
        long full = FIRST_PAUSE.toNanos() << tried;
        return full / 2 + ThreadLocalRandom.current().nextLong(full / 2);
    }

    private Reply redirected(String body, long end) throws LostAnswerException, InterruptedException {
        URI url = service.url();
        for (int k = 0; ; k++) {
            Reply reply = once(url, body, end);
            URI to = reply.redirection(url);
            if (to == null) {
                return reply;
            }
            if (k == REDIRECTIONS || !origin(to).equals(origin(service.url()))) {
                throw LostAnswerException.failed("%s redirects to %s (must stay at %s, %d redirects at most)"
                        .formatted(service.name(), origin(to), origin(service.url()), REDIRECTIONS));
            }
            url = to;
        }
    }

    private static String origin(URI url) {
        return url.getScheme() + "://" + url.getRawAuthority();
    }

    private Reply once(URI url, String body, long end) throws LostAnswerException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!service.token().isEmpty()) {
            request.header("Authorization", "Bearer " + token());
        }
        CompletableFuture<HttpResponse<byte[]>> response =
                Http.CLIENT.sendAsync(request.build(), head -> new BoundedBody());
        try {
            return Reply.of(response.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            response.cancel(true);
            throw late("it does not respond");
        } catch (InterruptedException e) {
            response.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            return Reply.none(e.getCause());
        }
    }

    private LostAnswerException late(String last) {
        return LostAnswerException.late("no answer of %s within %d ms: %s"
                .formatted(service.name(), service.deadline().toMillis(), last));
    }

    private String token() throws LostAnswerException {
        String value = System.getenv(service.token());
        if (value == null || value.isBlank()) {
            throw LostAnswerException.failed(
                    "Cannot call %s: the environment variable %s is not set on this machine (token-env names it)"
                            .formatted(service.name(), service.token()));
        }
        if (!value.strip().matches("[!-~]+")) {
            throw LostAnswerException.failed(
                    ("Cannot call %s: the environment variable %s does not hold a token (it has characters other than "
                                    + "visible ASCII)")
                            .formatted(service.name(), service.token()));
        }
        return value.strip();
    }
}
