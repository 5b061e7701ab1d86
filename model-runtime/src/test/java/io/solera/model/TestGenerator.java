package io.solera.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.checkpoint.Gpt2Config;
import io.solera.rl.RandomKey;
import io.solera.text.Vocabulary;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TestGenerator {
    private static final Vocabulary VOCABULARY = Vocabulary.of(List.of("C", "N", "O"));
    private static final Gpt2Config CONFIG = Gpt2Config.of(7, 12, 8, 2, 2);

    private static List<RandomKey> keys(int count) {
        return LongStream.range(0, count).mapToObj(RandomKey.of(4)::with).toList();
    }

    @Test
    void sequencesEndWithTheEndTokenOrAtTheLimit() {
        try (Gpt2 network = new Gpt2(CONFIG)) {
            network.set(InitialWeights.of(CONFIG, RandomKey.of(1)));
            List<Completion> samples =
                    new Generator(network, VOCABULARY.special(), SamplingSettings.plain(9)).generate(keys(50));
            assertThat(samples).hasSize(50).anyMatch(Completion::ended).anyMatch(sample -> !sample.ended());
            for (Completion sample : samples) {
                int length = sample.tokens().length;
                assertThat(sample.logProbabilities()).hasSize(length);
                assertThat(sample.ended()).isEqualTo(sample.tokens()[length - 1] == VOCABULARY.eos());
                assertThat(sample.ended() || length == 9).isTrue();
            }
        }
    }

    @Test
    void theSameKeysGiveTheSameBits() {
        try (Gpt2 network = new Gpt2(CONFIG)) {
            network.set(InitialWeights.of(CONFIG, RandomKey.of(1)));
            Generator generator = new Generator(network, VOCABULARY.special(), SamplingSettings.plain(9));
            List<Completion> first = generator.generate(keys(30));
            List<Completion> second = generator.generate(keys(30));
            for (int i = 0; i < 30; i++) {
                assertThat(second.get(i).tokens()).isEqualTo(first.get(i).tokens());
                assertThat(second.get(i).logProbabilities())
                        .isEqualTo(first.get(i).logProbabilities());
            }
        }
    }

    @Test
    void noKeyIsNoSequence() {
        try (Gpt2 network = new Gpt2(CONFIG)) {
            assertThat(new Generator(network, VOCABULARY.special(), SamplingSettings.plain(9)).generate(List.of()))
                    .isEmpty();
        }
    }

    @Test
    void refusesMoreTokensThanPositions() {
        try (Gpt2 network = new Gpt2(CONFIG)) {
            assertThatThrownBy(() -> new Generator(network, VOCABULARY.special(), SamplingSettings.plain(12)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Invalid max-new-tokens: 12 (must be below the model's n_positions, 12)");
        }
    }
}
