package io.solera.reward.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Random and mutated strings into every protein and DNA reward; -Dsolera.fuzz=1000000 for many. */
class TestSequenceFuzz {
    private static final int STRINGS = Integer.getInteger("solera.fuzz", 2_000);
    private static final int MANY = 100_000;
    private static final int BATCH = 1_000;
    private static final int UNICODE = 0x110000;

    /** Any code points, lone surrogates among them; or a sequence with some places replaced by any. */
    private static String text(SplittableRandom random, String letters) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(random.nextInt(20) == 0 ? 400 : 40);
        int strange = List.of(0, 0, 0, 50, 2).get(random.nextInt(5));
        for (int i = 0; i < length; i++) {
            if (strange > 0 && random.nextInt(strange) == 0) {
                text.appendCodePoint(random.nextInt(random.nextBoolean() ? 128 : UNICODE));
            } else {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
        }
        return text.toString();
    }

    private static void fuzz(List<RewardEntry> entries, String letters) throws IOException {
        for (RewardEntry entry : entries) {
            Reward reward = SequenceTable.create(entry.example());
            SplittableRandom random = new SplittableRandom(7);
            int present = 0;
            long nanos = 0;
            for (int done = 0; done < STRINGS; done += BATCH) {
                List<String> texts = new ArrayList<>();
                for (int i = 0; i < BATCH; i++) {
                    texts.add(text(random, letters));
                }
                long start = System.nanoTime();
                List<Score> scores = reward.score(texts);
                nanos += System.nanoTime() - start;
                assertThat(scores).hasSize(BATCH);
                for (int i = 0; i < BATCH; i++) {
                    assertThat(scores.get(i).status()).as(texts.get(i)).isNotEqualTo(Status.FAILED);
                    present += scores.get(i).present() ? 1 : 0;
                }
            }
            assertThat(present).as(entry.name()).isBetween(STRINGS / 10, STRINGS - 1);
            if (STRINGS >= MANY) {
                System.out.printf("| %s | %,d | %,d | %.1f |%n", entry.name(), STRINGS, present, nanos / 1e9);
            }
        }
    }

    @Test
    void noStringBreaksAProteinReward() throws IOException {
        fuzz(ProteinEntries.ALL, "ACDEFGHIKLMNPQRSTVWYacdefghiklmnpqrstvwy");
    }

    @Test
    void noStringBreaksADnaReward() throws IOException {
        fuzz(DnaEntries.ALL, "ACGTacgt");
    }
}
