package io.solera.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.text.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestTokenBatch {
    private static final Vocabulary VOCABULARY = Vocabulary.of(List.of("C", "N", "O"));

    private static List<Sequence> sequences(List<int[]> tokens) {
        return Sequence.unprompted(VOCABULARY.special(), tokens);
    }

    @Test
    void promptsAreReadAndNotPredicted() {
        TokenBatch batch = TokenBatch.byLength(
                        List.of(
                                new Sequence(new int[] {1, 4, 5}, new int[] {6, 2}),
                                new Sequence(new int[] {1}, new int[] {4, 2, 2})),
                        VOCABULARY.special())
                .get(0);
        assertThat(batch.inputs()).startsWith(1, 4, 2, 0, 1, 4, 5, 6);
        assertThat(batch.positions()).as("5 of 8 are predicted: asked for all").isEmpty();
        assertThat(batch.targets()).hasSize(32).startsWith(4, 2, 2, 0, 0, 0, 6, 2);
        float[][] values = {{7, 8}, {9, 10, 11}};
        assertThat(batch.collect(values, 1)).startsWith(9, 10, 11, 0, 0, 0, 7, 8);
        float[][] back = new float[2][];
        batch.spread(batch.collect(values, 1), 1, back);
        assertThat(back).isDeepEqualTo(values);
    }

    @Test
    void longPromptsAreLeftOut() {
        TokenBatch batch = TokenBatch.byLength(
                        List.of(
                                new Sequence(new int[] {1, 4, 5}, new int[] {6, 2}),
                                new Sequence(new int[] {1}, new int[] {4, 2})),
                        VOCABULARY.special())
                .get(0);
        assertThat(batch.inputs()).startsWith(1, 4, 0, 0, 1, 4, 5, 6);
        assertThat(batch.positions()).containsExactly(0, 1, 6, 7, 0, 0, 0, 0);
        assertThat(batch.targets()).containsExactly(4, 2, 6, 2, 0, 0, 0, 0);
        float[][] values = {{7, 8, 9, 10}, {11, 12, 13, 14}};
        assertThat(batch.collect(values, 2)).hasSize(16).startsWith(11, 12, 13, 14, 7, 8, 9, 10, 0);
        float[][] back = new float[2][];
        batch.spread(batch.collect(values, 2), 2, back);
        assertThat(back).isDeepEqualTo(values);
    }

    @Test
    void theNetworkReadsTheBeginTokenAndAllButTheLast() {
        TokenBatch batch = TokenBatch.byLength(
                        sequences(List.of(new int[] {4, 5, 2}, new int[] {6})), VOCABULARY.special())
                .get(0);
        assertThat(batch.indices()).containsExactly(1, 0);
        assertThat(batch.lengths()).containsExactly(1, 3);
        assertThat(batch.rows()).isEqualTo(8);
        assertThat(batch.inputs()).hasSize(24).startsWith(1, 0, 0, 1, 4, 5, 0, 0, 0);
        assertThat(batch.targets()).hasSize(24).startsWith(6, 0, 0, 4, 5, 2, 0, 0, 0);
    }

    @Test
    void valuesReturnToTheirSequencesWithoutPadding() {
        List<int[]> sequences = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            sequences.add(new int[50 * (i * 7 % 5)]);
        }
        List<TokenBatch> batches = TokenBatch.byLength(sequences(sequences), VOCABULARY.special());
        float[][] values = new float[40][];
        for (int i = 0; i < 40; i++) {
            values[i] = new float[50 * (i * 7 % 5)];
            for (int t = 0; t < values[i].length; t++) {
                values[i][t] = 10 * i + t + 1;
            }
        }
        float[][] copy = new float[40][];
        for (TokenBatch batch : batches) {
            batch.spread(batch.collect(values, 1), 1, copy);
        }
        // of 1, 50, 100, 150 and 200 tokens, 8 sequences each: 256 tokens at most, and 8 sequences at least
        assertThat(batches).extracting(batch -> batch.indices().length).containsExactly(8, 8, 8, 8, 8);
        assertThat(batches).allMatch(batch -> batch.rows() >= 8);
        assertThat(copy).isDeepEqualTo(values);
    }

    @Test
    void nothingIsNoBatch() {
        assertThat(TokenBatch.byLength(List.of(), VOCABULARY.special())).isEmpty();
    }
}
