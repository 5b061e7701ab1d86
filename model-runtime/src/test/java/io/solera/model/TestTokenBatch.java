package io.solera.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.text.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestTokenBatch {
    private static final Vocabulary VOCABULARY = Vocabulary.of(List.of("C", "N", "O"));

    @Test
    void theNetworkReadsTheBeginTokenAndAllButTheLast() {
        TokenBatch batch = TokenBatch.byLength(List.of(new int[] {4, 5, 2}, new int[] {6}), VOCABULARY)
                .get(0);
        assertThat(batch.places()).containsExactly(1, 0);
        assertThat(batch.lengths()).containsExactly(1, 3);
        assertThat(batch.rows()).isEqualTo(8);
        assertThat(batch.inputs()).hasSize(24).startsWith(1, 0, 0, 1, 4, 5, 1, 0, 0);
        assertThat(batch.targets()).hasSize(24).startsWith(6, 0, 0, 4, 5, 2, 0, 0, 0);
    }

    @Test
    void valuesReturnToTheirSequencesWithoutPadding() {
        List<int[]> sequences = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            sequences.add(new int[i * 7 % 5]);
        }
        List<TokenBatch> batches = TokenBatch.byLength(sequences, VOCABULARY);
        float[][] values = new float[40][];
        for (int i = 0; i < 40; i++) {
            values[i] = new float[i * 7 % 5];
            for (int t = 0; t < values[i].length; t++) {
                values[i][t] = 10 * i + t + 1;
            }
        }
        float[][] copy = new float[40][];
        for (TokenBatch batch : batches) {
            batch.spread(batch.collect(values), 1, copy);
        }
        assertThat(batches).hasSize(2).allMatch(batch -> batch.rows() >= 8);
        assertThat(copy).isDeepEqualTo(values);
    }

    @Test
    void nothingIsNoBatch() {
        assertThat(TokenBatch.byLength(List.of(), VOCABULARY)).isEmpty();
    }
}
