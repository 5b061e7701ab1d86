package io.solera.train.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.solera.checkpoint.Policy;
import io.solera.checkpoint.file.LocalFolder;
import io.solera.checkpoint.file.MalformedModelException;
import io.solera.model.Sequence;
import io.solera.rl.AdamW;
import io.solera.rl.BlockVector;
import io.solera.rl.RandomKey;
import io.solera.train.TinyRun;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestLikelihoodTraining {
    private static final Policy START = TinyRun.policy();
    private static final AdamW.Settings ADAM = new AdamW.Settings(0.9, 0.99, 1e-8, 0.01);

    @TempDir
    private Path folder;

    private static LikelihoodSettings settings(int microBatch) {
        return new LikelihoodSettings(5, 2, 16, microBatch, 0.01, 5, 0.5, ADAM, 1, 0.1, 0);
    }

    private static Corpus corpus() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            // chains that alternate: easy to learn, hard to guess
            texts.add("CO".repeat(1 + i % 4) + (i % 2 == 0 ? "C" : "CN") + "C".repeat(i / 100));
        }
        for (int i = 0; i < 300; i++) {
            texts.add("CO".repeat(2)
                    + Integer.toBinaryString(i + 8).replace('0', 'C').replace('1', 'N'));
        }
        return Corpus.of(texts, START.tokenizer(), 15, 0.1, RandomKey.of(1));
    }

    /** What was told, and the state at every checkpoint. */
    private static final class Record implements LikelihoodTraining.Listener {
        private final List<Double> losses = new ArrayList<>();
        private final List<Double> heldOut = new ArrayList<>();
        private final List<LikelihoodTraining.State> states = new ArrayList<>();

        @Override
        public void step(long step, long steps, double nats, double norm, double rate, long tokens) {
            losses.add(nats);
        }

        @Override
        public void checkpoint(LikelihoodTraining.State state) {
            states.add(state);
        }

        @Override
        public void epoch(int epoch, double heldOutNats, LikelihoodTraining.State state) {
            heldOut.add(heldOutNats);
        }
    }

    private static LikelihoodTraining.State train(
            LikelihoodSettings settings, LikelihoodTraining.State from, Record record) throws IOException {
        return new LikelihoodTraining(
                        JavaSparkContext.fromSparkContext(TinyRun.spark().sparkContext()), settings, corpus(), record)
                .run(from, 7);
    }

    @Test
    void lossFallsOnWhatIsHeldOutToo() throws IOException {
        Record record = new Record();
        train(settings(16), LikelihoodTraining.State.start(START, RandomKey.of(1)), record);
        assertThat(record.heldOut).hasSize(2);
        assertThat(record.heldOut.get(1)).isLessThan(0.8 * record.losses.get(0));
    }

    @Test
    void resumesToTheSameBytes() throws IOException {
        Record record = new Record();
        LikelihoodTraining.State whole =
                train(settings(16), LikelihoodTraining.State.start(START, RandomKey.of(1)), record);
        LocalFolder place = new LocalFolder(folder);
        LikelihoodCheckpoint.write(place, record.states.get(1));
        LikelihoodTraining.State read = LikelihoodCheckpoint.read(place, START);
        assertThat(read).isEqualTo(record.states.get(1));
        assertThat(read.steps()).isEqualTo(14);
        assertThat(train(settings(16), read, new Record())).isEqualTo(whole);
    }

    @Test
    void microBatchesAddUpToTheBatch() throws IOException {
        Record whole = new Record();
        Record parts = new Record();
        train(settings(16), LikelihoodTraining.State.start(START, RandomKey.of(1)), whole);
        train(settings(8), LikelihoodTraining.State.start(START, RandomKey.of(1)), parts);
        assertThat(parts.losses.get(0)).isCloseTo(whole.losses.get(0), within(1e-5));
    }

    @Test
    void gradientsThatAreSummedBlockByBlockAreTheSameBytes() {
        JavaSparkContext spark =
                JavaSparkContext.fromSparkContext(TinyRun.spark().sparkContext());
        Broadcast<Corpus> corpus = spark.broadcast(corpus());
        BlockVector theta = START.parameters().whole();
        int[] places = IntStream.range(0, 40).toArray();
        LikelihoodGradient.Loss whole =
                new LikelihoodGradient(spark, START, corpus, 8, 2, 1).gradient(theta, places, RandomKey.of(1));
        LikelihoodGradient.Loss blocks =
                new LikelihoodGradient(spark, START, corpus, 8, 3, 0).gradient(theta, places, RandomKey.of(1));
        assertThat(blocks.gradient()).isEqualTo(whole.gradient());
        assertThat(blocks.nats()).isEqualTo(whole.nats());
        assertThat(blocks.tokens()).isEqualTo(whole.tokens());
    }

    @Test
    void refusesADamagedCheckpoint() throws IOException {
        LocalFolder place = new LocalFolder(folder);
        LikelihoodCheckpoint.write(place, LikelihoodTraining.State.start(START, RandomKey.of(1)));
        Path file = folder.resolve(LikelihoodCheckpoint.FILE);
        try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
            cut.setLength(cut.length() - 4);
        }
        assertThatThrownBy(() -> LikelihoodCheckpoint.read(place, START))
                .isInstanceOf(MalformedModelException.class)
                .hasMessage("Cannot read %s: the file is truncated (copy it again)".formatted(file));
    }

    @Test
    void learningRateRisesStaysAndFalls() {
        LikelihoodSettings settings = new LikelihoodSettings(1, 1, 1, 1, 1, 10, 0.5, ADAM, 0, 0, 0);
        assertThat(settings.learningRate(0, 100)).isEqualTo(0.1);
        assertThat(settings.learningRate(30, 100)).isEqualTo(1);
        assertThat(settings.learningRate(75, 100)).isEqualTo(0.5);
        assertThat(settings.learningRate(99, 100)).isEqualTo(0.02);
    }

    @Test
    void corpusDoesNotDependOnTheOrderForWhatItHoldsOut() {
        List<String> texts =
                new ArrayList<>(List.of("CC", "CCN", "CNC", "COC", "CCCC", "NNN", "ON", "CX", "C".repeat(20)));
        Corpus one = Corpus.of(texts, START.tokenizer(), 15, 0.5, RandomKey.of(1));
        Collections.reverse(texts);
        Corpus other = Corpus.of(texts, START.tokenizer(), 15, 0.5, RandomKey.of(1));
        assertThat(one.skipped()).as("an unknown token, and one too long").isEqualTo(2);
        assertThat(tokens(one.heldOut())).isNotEmpty();
        assertThat(tokens(other.heldOut())).containsExactlyInAnyOrderElementsOf(tokens(one.heldOut()));
    }

    private static List<List<Integer>> tokens(List<Sequence> sequences) {
        return sequences.stream()
                .map(one -> Arrays.stream(one.tokens()).boxed().toList())
                .toList();
    }
}
