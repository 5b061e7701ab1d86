package io.solera.reward.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.Status;
import io.solera.reward.catalogue.RewardCall;
import io.solera.reward.catalogue.RewardCatalogue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Random and mutated texts into every text reward: no exception, no hang; -Dsolera.fuzz=1000000 says how many. */
class TestTextFuzz {
    private static final int TEXTS = Integer.getInteger("solera.fuzz", 3_000);
    private static final int BATCH = 1_000;

    private static final List<String> CALLS = List.of(
            "length",
            "length(unit=characters)",
            "overlong(max=20, cache=10)",
            "distinct",
            "repetition(unit=characters)",
            "self_bleu",
            "self_bleu(file=set.txt)",
            "bleu(reference-column=other)",
            "rouge1(reference-column=other)",
            "rouge2(reference-column=other, stemmer=yes)",
            "rougel(reference-column=other, measure=recall)",
            "reading_ease",
            "reading_grade",
            "regex(pattern='(a+)+$')",
            "regex(pattern='(?i)([a-z ]*[.,])*x', match=whole)",
            "json",
            "json(names='a b')");

    private static final String[] SEEDS = {
        "The cat sat on the mat. It wasn't happy, e.g. at 3.5% of $1,234!",
        "{\"a\": [1, -2.5e3, true, null, {\"b\": \"\\u00e9\\n\"}]}",
        "&quot;caf\u00e9&quot; \u2014 na\u00efve <skipped> a-\nb \ud83d\ude00\u00a0\u4f60\u597d\u3002",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa! relational sensibilities' conditioned flies",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
    };
    private static final String ODD = "aeiouyAZ09 .,-'\"!?&;<>_()%\\/[]{}:\n"
            + "\t\r"
            + "\0\u001c\u00a0\u2003\u2028\u0085\u00df\u0130\u03a3\u0661\u0301\ud83d\ude00\uffff";

    static String text(SplittableRandom random) {
        if (random.nextInt(4) == 0) {
            StringBuilder any = new StringBuilder();
            for (int i = random.nextInt(80); i > 0; i--) {
                any.append((char) random.nextInt(random.nextBoolean() ? 0x100 : 0x1_0000));
            }
            return any.toString();
        }
        StringBuilder text = new StringBuilder(SEEDS[random.nextInt(SEEDS.length)]);
        for (int i = random.nextInt(12); i > 0; i--) {
            int at = random.nextInt(text.length() + 1);
            switch (random.nextInt(3)) {
                case 0 -> text.insert(at, ODD.charAt(random.nextInt(ODD.length())));
                case 1 -> text.delete(at, Math.min(text.length(), at + random.nextInt(4)));
                default -> text.insert(at, SEEDS[random.nextInt(SEEDS.length)], 0, random.nextInt(20));
            }
        }
        return text.toString();
    }

    @Test
    void noTextMakesARewardThrow() throws IOException {
        for (String call : CALLS) {
            Reward reward = RewardCatalogue.create(RewardCall.parse(call), Judged.FILES);
            SplittableRandom random = new SplittableRandom(4);
            int present = 0;
            long nanos = 0;
            for (int done = 0; done < TEXTS; done += BATCH) {
                List<String> texts = new ArrayList<>();
                List<String> others = new ArrayList<>();
                for (int i = 0; i < BATCH; i++) {
                    texts.add(text(random));
                    others.add(text(random));
                }
                long start = System.nanoTime();
                List<Score> scores =
                        call.contains("reference-column") ? reward.score(texts, others) : reward.score(texts);
                nanos += System.nanoTime() - start;
                assertThat(scores).hasSize(BATCH);
                assertThat(scores).allMatch(score -> score.status() != Status.FAILED);
                present += (int) scores.stream().filter(Score::present).count();
            }
            assertThat(present).as(call).isGreaterThan(TEXTS / 4);
            if (TEXTS >= 100_000) {
                System.out.printf("| `%s` | %d | %d | %.1f |%n", call, TEXTS, present, nanos / 1e9);
            }
        }
    }

    @Test
    void longTextsTakeLinearTime() throws IOException {
        List<String> texts = List.of(
                "a".repeat(200_000) + "!",
                "a ".repeat(100_000),
                "y".repeat(200_000),
                "[".repeat(200_000),
                "{\"a\":".repeat(50_000) + "1" + "}".repeat(50_000),
                "\\\"".repeat(100_000),
                "a. b! c? d.\n".repeat(17_000),
                "word".repeat(50_000),
                "&amp;".repeat(40_000),
                ".,".repeat(100_000),
                "'".repeat(200_000),
                "\ud83d".repeat(200_000));
        for (String call : CALLS) {
            Reward reward = RewardCatalogue.create(RewardCall.parse(call), Judged.FILES);
            for (String text : texts) {
                long start = System.nanoTime();
                List<Score> scores = call.contains("reference-column")
                        ? reward.score(List.of(text), List.of(text))
                        : reward.score(List.of(text));
                double seconds = (System.nanoTime() - start) / 1e9;
                assertThat(scores).hasSize(1);
                assertThat(seconds).as(call + " of " + text.substring(0, 10)).isLessThan(20);
                if (TEXTS >= 100_000 && seconds > 0.5) {
                    System.out.printf("%s of %s...: %.1f s%n", call, text.substring(0, 10), seconds);
                }
            }
        }
    }

    @Test
    void whatIsTooLongIsNotApplicable() throws IOException {
        String text = "a".repeat(TextReward.CHARACTERS + 1);
        for (String call : CALLS) {
            Reward reward = RewardCatalogue.create(RewardCall.parse(call), Judged.FILES);
            List<Score> scores = call.contains("reference-column")
                    ? reward.score(List.of(text, "a"), List.of("a", text))
                    : reward.score(List.of(text));
            assertThat(scores).as(call).allMatch(score -> score.status() == Status.NOT_APPLICABLE);
        }
    }
}
