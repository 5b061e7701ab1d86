package io.solera.reward.outside;

import static io.solera.reward.outside.Script.FAILED;
import static io.solera.reward.outside.Script.INVALID;
import static io.solera.reward.outside.Script.TIMED_OUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.solera.reward.Guarded;
import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TestServiceReward {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    /** What was asked, as it came. */
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private interface Handler {
        void handle(HttpExchange exchange, Request request) throws Exception;
    }

    private void on(String path, Handler handler) {
        server.createContext(path, exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
            asked.add(body);
            try {
                handler.handle(exchange, Request.read(body));
            } catch (InterruptedException e) {
                // The test is over.
            } catch (Exception e) {
                throw new IOException(e);
            } finally {
                exchange.close();
            }
        });
    }

    private static void send(HttpExchange exchange, int code, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void sendLengths(HttpExchange exchange, Request request) throws IOException {
        send(
                exchange,
                200,
                "{\"scores\":%s}"
                        .formatted(request.texts().stream().map(String::length).toList()));
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private Reward reward(String path, Duration deadline, int retries) {
        return new ServiceReward(url(path), deadline, 2, retries, 2, "");
    }

    private Reward reward(String path) {
        return reward(path, Duration.ofSeconds(20), 3);
    }

    @Test
    void batchesArePosted() {
        on("/score", (exchange, request) -> {
            assertThat(exchange.getRequestMethod()).isEqualTo("POST");
            assertThat(exchange.getRequestHeaders().getFirst("Content-Type")).isEqualTo("application/json");
            assertThat(exchange.getRequestHeaders().getFirst("Authorization")).isNull();
            sendLengths(exchange, request);
        });
        assertThat(reward("/score").score(Arrays.asList("a", null, "bb", "a", "ccc\u00e9")))
                .containsExactly(Score.of(1), INVALID, Score.of(2), Score.of(1), Score.of(4));
        assertThat(asked)
                .containsExactly("{\"id\":1,\"texts\":[\"a\",\"bb\"]}", "{\"id\":1,\"texts\":[\"ccc\\u00e9\"]}");
    }

    @Test
    void tokenComesFromTheEnvironmentAndStaysThere() throws IOException {
        String token = System.getenv("OPT_OUT_TRACKING");
        assertThat(token).as("set by the build").isNotBlank();
        on("/score", (exchange, request) -> {
            assertThat(exchange.getRequestHeaders().getFirst("Authorization")).isEqualTo("Bearer " + token);
            sendLengths(exchange, request);
        });
        Reward reward = new ServiceReward(url("/score"), Duration.ofSeconds(20), 64, 0, 1, "OPT_OUT_TRACKING");
        assertThat(reward.score(List.of("a"))).containsExactly(Score.of(1));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(reward);
        }
        assertThat(bytes.toString(StandardCharsets.ISO_8859_1))
                .contains("OPT_OUT_TRACKING")
                .doesNotContain(token);
        Reward lost = new ServiceReward(url("/score"), Duration.ofSeconds(20), 64, 0, 1, "NO_SUCH_VARIABLE");
        assertThat(lost.score(List.of("a"))).containsExactly(FAILED);
        assertThat(lost.problems())
                .containsExactly(("a: Cannot call %s: the environment variable NO_SUCH_VARIABLE is not set on this"
                                + " machine (token-env names it)")
                        .formatted(url("/score")));
    }

    @Test
    void whatMayPassIsTriedAgain() {
        AtomicInteger tries = new AtomicInteger();
        on("/busy", (exchange, request) -> {
            switch (tries.incrementAndGet()) {
                case 1 -> send(exchange, 503, "starting");
                case 2 -> {}
                default -> sendLengths(exchange, request);
            }
        });
        assertThat(reward("/busy").score(List.of("a"))).containsExactly(Score.of(1));
        assertThat(tries).hasValue(3);
    }

    @Test
    void retriesEnd() {
        on("/down", (exchange, request) -> send(exchange, 503, "closed"));
        Reward reward = reward("/down", Duration.ofSeconds(20), 1);
        assertThat(reward.score(List.of("a", "b"))).containsExactly(FAILED, FAILED);
        assertThat(asked).hasSize(2);
        assertThat(reward.problems())
                .containsExactly("a: no answer of %s: status 503 (closed)".formatted(url("/down")));
    }

    @Test
    void serviceSaysWhenToComeBack() {
        AtomicInteger tries = new AtomicInteger();
        on("/later", (exchange, request) -> {
            if (tries.incrementAndGet() == 1) {
                exchange.getResponseHeaders().add("Retry-After", "2");
                send(exchange, 429, "");
            } else {
                sendLengths(exchange, request);
            }
        });
        long begun = System.nanoTime();
        assertThat(reward("/later").score(List.of("a"))).containsExactly(Score.of(1));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
        on("/tomorrow", (exchange, request) -> {
            ZonedDateTime tomorrow = ZonedDateTime.now(ZoneOffset.UTC).plusDays(1);
            exchange.getResponseHeaders().add("Retry-After", DateTimeFormatter.RFC_1123_DATE_TIME.format(tomorrow));
            send(exchange, 429, "slowly");
        });
        begun = System.nanoTime();
        Reward reward = reward("/tomorrow");
        assertThat(reward.score(List.of("a"))).containsExactly(TIMED_OUT);
        assertThat(reward.problems())
                .containsExactly("a: no answer of %s within 20000 ms: status 429 (slowly)".formatted(url("/tomorrow")));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void silenceAndDripsTimeOut() {
        on("/silent", (exchange, request) -> Thread.sleep(60_000));
        on("/drip", (exchange, request) -> {
            exchange.sendResponseHeaders(200, 0);
            while (true) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                Thread.sleep(100);
            }
        });
        for (String path : List.of("/silent", "/drip")) {
            Reward reward = reward(path, Duration.ofSeconds(1), 3);
            assertThat(new Guarded(reward, Duration.ofMillis(1)).score(List.of("a", "b")))
                    .containsExactly(TIMED_OUT, TIMED_OUT);
            assertThat(reward.problems())
                    .containsExactly("a: no answer of %s within 1000 ms: it does not respond".formatted(url(path)));
        }
    }

    @Test
    void textThatIsRefusedStandsAlone() {
        on("/picky", (exchange, request) -> {
            if (request.texts().contains("poison")) {
                send(exchange, 422, "no such atom");
            } else {
                sendLengths(exchange, request);
            }
        });
        Reward reward = reward("/picky");
        assertThat(reward.score(List.of("a", "poison", "ccc"))).containsExactly(Score.of(1), FAILED, Score.of(3));
        assertThat(reward.problems())
                .containsExactly("poison: no answer of %s: status 422 (no such atom)".formatted(url("/picky")));
    }

    @Test
    void redirectionsStayAtTheService() throws IOException {
        on("/score", TestServiceReward::sendLengths);
        on("/moved", (exchange, request) -> {
            exchange.getResponseHeaders().add("Location", "/score");
            send(exchange, 307, "");
        });
        on("/away", (exchange, request) -> {
            exchange.getResponseHeaders().add("Location", "http://elsewhere.invalid/score");
            send(exchange, 308, "");
        });
        on("/round", (exchange, request) -> {
            exchange.getResponseHeaders().add("Location", "/round");
            send(exchange, 307, "");
        });
        on("/found", (exchange, request) -> {
            exchange.getResponseHeaders().add("Location", "/score");
            send(exchange, 302, "");
        });
        assertThat(reward("/moved").score(List.of("a"))).containsExactly(Score.of(1));
        assertThat(problem("/away")).contains("redirects to http://elsewhere.invalid (must stay at " + url(""));
        assertThat(problem("/round")).contains("5 redirects at most");
        assertThat(problem("/found")).endsWith("status 302");
    }

    private String problem(String path) {
        Reward reward = reward(path, Duration.ofSeconds(20), 0);
        assertThat(reward.score(List.of("a"))).containsExactly(FAILED);
        assertThat(reward.problems()).hasSize(1);
        return reward.problems().get(0);
    }

    @Test
    void whatIsNoAnswerFails() {
        on("/html", (exchange, request) -> send(exchange, 200, "<html>"));
        on("/few", (exchange, request) -> send(exchange, 200, "{\"scores\":[]}"));
        on("/big", (exchange, request) -> send(exchange, 200, "x".repeat(2 << 20)));
        on("/nan", (exchange, request) -> send(exchange, 200, "{\"scores\":[NaN]}"));
        assertThat(problem("/html")).contains("must be one JSON object");
        assertThat(problem("/few")).contains("0 scores for 1 texts");
        assertThat(problem("/big")).contains("the answer is longer than 1048576 bytes");
        assertThat(problem("/nan")).contains("the score is \"NaN\"");
        server.stop(0);
        assertThat(problem("/gone")).contains("ConnectException");
    }

    @Test
    void connectionsAreLimited() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        on("/score", (exchange, request) -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            Thread.sleep(100);
            now.decrementAndGet();
            sendLengths(exchange, request);
        });
        Reward reward = reward("/score");
        List<Score> scores = IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> reward.score(List.of("x".repeat(i))).get(0))
                .toList();
        assertThat(scores)
                .containsExactlyElementsOf(
                        IntStream.range(0, 8).mapToObj(Score::of).toList());
        assertThat(most).hasValueLessThanOrEqualTo(2);
    }

    @Test
    void statusesAreTheServices() {
        on(
                "/score",
                (exchange, request) -> send(
                        exchange, 200, "{\"scores\":[null,null],\"statuses\":[null,\"not-applicable\"],\"extra\":1}"));
        assertThat(reward("/score").score(List.of("a", "b")))
                .containsExactly(INVALID, Score.missing(Status.NOT_APPLICABLE));
    }

    @Test
    void refusesWrongSettings() {
        Duration time = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new ServiceReward("ftp://a/b", time, 1, 0, 1, ""))
                .hasMessage("Invalid url: ftp://a/b (must be http://... or https://...)");
        assertThatThrownBy(() -> new ServiceReward("a b", time, 1, 0, 1, ""))
                .hasMessage("Invalid url: a b (must be http://... or https://...)");
        assertThatThrownBy(() -> new ServiceReward("https://me:secret@a/b", time, 1, 0, 1, ""))
                .hasMessage(
                        "Invalid url: it contains a user name or password (must not; name a variable with token-env)");
        assertThatThrownBy(() -> new ServiceReward("https://a/b", time, 1, -1, 1, ""))
                .hasMessage("Invalid retries: -1 (must be 0 to 20)");
        assertThatThrownBy(() -> new ServiceReward("https://a/b", time, 1, 0, 0, ""))
                .hasMessage("Invalid connections: 0 (must be 1 or more)");
    }
}
