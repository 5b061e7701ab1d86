package io.solera.reward.outside;

import io.solera.lang.Excerpt;
import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.Status;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The helper JVM of an {@link Isolated} reward: reads the reward, then one request per line until there are no more. It
 * ends with the JVM that started it, even in the middle of a request.
 */
public final class RewardProcess {
    private RewardProcess() {}

    public static void main(String[] arguments) throws IOException, ClassNotFoundException {
        PrintStream out = System.out;
        System.setOut(System.err);
        ProcessHandle.current().parent().ifPresent(RewardProcess::endWith);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        String packed = in.readLine();
        if (packed == null) {
            return;
        }
        Reward reward = Isolated.unpacked(packed);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            Request request = Request.read(line);
            out.println(answer(reward, request.texts()).json(request.id()));
            out.flush();
        }
        System.exit(0);
    }

    private static void endWith(ProcessHandle parent) {
        Thread thread = new Thread(
                () -> {
                    parent.onExit().join();
                    Runtime.getRuntime().halt(1);
                },
                "solera-parent");
        thread.setDaemon(true);
        thread.start();
    }

    private static Answer answer(Reward reward, List<String> texts) {
        List<Score> scores = new ArrayList<>();
        List<@Nullable String> reasons = new ArrayList<>();
        try {
            scores.addAll(scores(reward, texts));
            texts.forEach(text -> reasons.add(null));
        } catch (RuntimeException | StackOverflowError batch) {
            for (String text : texts) {
                try {
                    scores.addAll(scores(reward, List.of(text)));
                    reasons.add(null);
                } catch (RuntimeException | StackOverflowError e) {
                    scores.add(Score.missing(Status.FAILED));
                    reasons.add(Excerpt.of(e.toString(), Answer.SHOWN));
                }
            }
        }
        return new Answer(null, scores, reasons);
    }

    private static List<Score> scores(Reward reward, List<String> texts) {
        List<Score> scores = texts.isEmpty() ? List.of() : reward.score(List.copyOf(texts));
        if (scores.size() != texts.size()) {
            throw new IllegalStateException("Cannot use %d scores for %d texts".formatted(scores.size(), texts.size()));
        }
        return scores;
    }
}
