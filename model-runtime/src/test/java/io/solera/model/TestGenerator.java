package io.solera.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.solera.checkpoint.Gpt2Config;
import io.solera.checkpoint.LlamaConfig;
import io.solera.checkpoint.Rotary;
import io.solera.rl.BlockVector;
import io.solera.rl.RandomKey;
import io.solera.text.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
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

    @Test
    void promptsOfAnyLengthAreCompletedAsTheFullForwardPassSays() {
        List<int[]> prompts = new ArrayList<>();
        for (int b = 0; b < 20; b++) {
            int[] prompt = new int[1 + b % 4];
            Arrays.fill(prompt, 4 + b % 3);
            prompt[0] = VOCABULARY.bos();
            prompts.add(prompt);
        }
        try (Gpt2 network = new Gpt2(CONFIG)) {
            BlockVector small = InitialWeights.of(CONFIG, RandomKey.of(1));
            network.set(small.scaledPlus(9, small));
            Generator generator = new Generator(network, VOCABULARY.special(), SamplingSettings.plain(8));
            List<Completion> completions = generator.generate(prompts, keys(20));
            List<Sequence> sequences = new ArrayList<>();
            for (int b = 0; b < 20; b++) {
                sequences.add(new Sequence(prompts.get(b), completions.get(b).tokens()));
            }
            float[][] full = new Likelihood(network, VOCABULARY.special(), 1).logProbabilities(sequences);
            for (int b = 0; b < 20; b++) {
                assertThat(completions.get(b).logProbabilities()).containsExactly(full[b], within(1e-4f));
                Completion alone = generator
                        .generate(List.of(prompts.get(b)), List.of(keys(20).get(b)))
                        .get(0);
                assertThat(alone.tokens()).isEqualTo(completions.get(b).tokens());
            }
            assertThat(completions).anyMatch(Completion::ended).anyMatch(completion -> completion.tokens().length > 2);
            assertThatThrownBy(() -> generator.generate(List.of(new int[5]), keys(1)))
                    .hasMessage("Cannot complete a prompt of 5 tokens: with max-new-tokens, 8, it is longer than the "
                            + "model's context length, 12");
        }
    }

    @Test
    void sequencesThatWaitForAPlaceAreTheSame() {
        List<int[]> prompts = new ArrayList<>();
        for (int b = 0; b < 60; b++) {
            int[] prompt = new int[1 + b / 4 % 3];
            Arrays.fill(prompt, 4 + b / 4 % 2);
            prompt[0] = VOCABULARY.bos();
            prompts.add(prompt);
        }
        try (Gpt2 network = new Gpt2(CONFIG)) {
            BlockVector small = InitialWeights.of(CONFIG, RandomKey.of(1));
            network.set(small.scaledPlus(9, small));
            SamplingSettings settings = SamplingSettings.plain(9);
            List<Completion> together =
                    new Generator(network, VOCABULARY.special(), settings).generate(prompts, keys(60));
            List<Completion> replaced =
                    new Generator(network, VOCABULARY.special(), settings, 10).generate(prompts, keys(60));
            for (int b = 0; b < 60; b++) {
                assertThat(replaced.get(b).tokens()).isEqualTo(together.get(b).tokens());
                assertThat(replaced.get(b).logProbabilities())
                        .containsExactly(together.get(b).logProbabilities(), within(1e-5f));
            }
            assertThat(together.stream()
                            .mapToInt(completion -> completion.tokens().length)
                            .distinct()
                            .count())
                    .isGreaterThan(4);
        }
    }

    @Test
    void slotsFollowFromTheShapeOfTheModel() {
        assertThat(Generator.slots(CONFIG, 12)).isEqualTo(128);
        // Llama 3.2 1B: 16 layers of 8 key heads of 64 numbers, two of 4 bytes for a token: 64 KiB
        LlamaConfig large = new LlamaConfig(
                LlamaConfig.Member.LLAMA, 128256, 131072, 2048, 8192, 16, 32, 8, 64, 1e-5, Rotary.of(500000), true);
        assertThat(Generator.slots(large, 256)).isEqualTo(64);
    }
}
