package io.solera.train.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.checkpoint.FullParameters;
import io.solera.checkpoint.Gpt2Config;
import io.solera.checkpoint.Policy;
import io.solera.model.InitialWeights;
import io.solera.rl.AdamW;
import io.solera.rl.BlockVector;
import io.solera.rl.Blocks;
import io.solera.rl.RandomKey;
import io.solera.rl.SumTree;
import io.solera.rl.blend.Coefficients;
import io.solera.rl.blend.Sections;
import io.solera.store.WorkFolder;
import io.solera.train.TinyRun;
import io.solera.train.learner.LearnerMemory;
import io.solera.train.learner.LearnerState;
import io.solera.train.learner.ParameterBlocks;
import io.solera.train.learner.ParameterStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A policy of two blocks, whose gradients are numbers of no meaning. */
class TestSharedVectors {
    private static final AdamW.Settings ADAM = new AdamW.Settings(0.9, 0.99, 1e-8, 0.01);
    private static final int MINIBATCHES = 3;

    @TempDir
    private Path folder;

    private final JavaSparkContext spark =
            JavaSparkContext.fromSparkContext(TinyRun.spark().sparkContext());

    private static Policy policy() {
        Gpt2Config config = Gpt2Config.of(TinyRun.policy().config().vocabulary(), 16, 320, 1, 2);
        assertThat(config.layout().size()).isBetween(1L << 20, 2L << 20);
        return new Policy(config, TinyRun.policy().tokenizer(), InitialWeights.of(config, RandomKey.of(1)));
    }

    private static BlockVector gradient(long size, int part, int loss, int minibatch) {
        float[] values = new float[(int) size];
        RandomKey key = RandomKey.of(part).with(loss).with(minibatch);
        for (int k = 0; k < size; k++) {
            values[k] = (float) ((key.bits(k) >> 40) / 1e6);
        }
        return BlockVector.of(values);
    }

    /** What tasks have summed of five parts, in partitions of their own, the last one critics alone. */
    private JavaRDD<AllTasks.Summed> tasks(long size, int minibatch) {
        return spark.parallelize(List.of(0, 2, 3, 9), 4).map(first -> {
            SumTree tree = new SumTree();
            int end = first == 0 ? 2 : first == 2 ? 3 : first == 3 ? 5 : 0;
            IntStream.range(first, end)
                    .forEach(part -> tree.add(
                            part,
                            new ArrayList<>(
                                    List.of(gradient(size, part, 0, minibatch), gradient(size, part, 1, minibatch)))));
            return new AllTasks.Summed(first, tree.nodes(), List.of(), List.of(), Map.of(), first);
        });
    }

    /** Sections do not align with blocks: the only layer is in both of them. */
    @Test
    void bothStepToTheSameBytes() throws IOException {
        Policy policy = policy();
        long size = policy.trainedSize();
        Broadcast<Policy> sent = spark.broadcast(policy);
        Broadcast<Blocks> rho = spark.broadcast(policy.parameters());
        ParameterStore store = new ParameterStore(
                WorkFolder.of(folder.toUri().toString(), new Configuration()), sent, rho, RandomKey.of(1));
        LearnerState start =
                new LearnerState(policy.parameters().whole(), AdamW.State.fresh(size), Map.of(), LearnerMemory.EMPTY);
        SharedVectors driver =
                new DriverVectors(spark, store, "driver", new FullParameters(), BlockVector.zeros(0), ADAM, start);
        ParameterBlocks blocks = new ParameterBlocks(store, "work");
        SharedVectors work = new WorkVectors(blocks, ADAM, MINIBATCHES);
        Sections layers = policy.trainedLayers();
        assertThat(layers.names()).containsExactly("rest", "layer 0");
        Coefficients alpha = new Coefficients(layers, new double[][] {{0.25, 0.75}, {0.5, -0.5}});
        for (int step = 0; step < 2; step++) {
            driver.publish(step);
            work.publish(step);
            for (int minibatch = 0; minibatch < MINIBATCHES; minibatch++) {
                SharedVectors.Sums ofDriver = driver.sum(tasks(size, minibatch), layers);
                SharedVectors.Sums ofWork = work.sum(tasks(size, minibatch), layers);
                for (int s = 0; s < 2; s++) {
                    assertThat(ofWork.grams().get(s).values())
                            .isDeepEqualTo(ofDriver.grams().get(s).values());
                }
                assertThat(ofWork.tasks()).extracting(AllTasks.Summed::first).containsExactlyInAnyOrder(0, 2, 3, 9);
                for (SharedVectors vectors : List.of(driver, work)) {
                    vectors.step(alpha, 0.5f, 0.01);
                }
                assertThat(work.point().composed()).isEqualTo(driver.point().composed());
            }
            driver.end();
            work.end();
        }
        BlockVector theta = driver.theta().whole();
        assertThat(theta).isNotEqualTo(policy.parameters());
        assertThat(work.theta().whole()).isEqualTo(theta);
        assertThat(folder.resolve("work/theta")).isDirectoryContaining(path -> path.endsWith("1"));
        try (var versions = Files.list(folder.resolve("work/theta"))) {
            assertThat(versions.map(path -> path.getFileName().toString()))
                    .as("where a step began, since lost samples are drawn from it again, and the end")
                    .containsExactlyInAnyOrder("1", "2");
        }
        try (var versions = Files.list(folder.resolve("work/moments"))) {
            assertThat(versions.map(path -> path.getFileName().toString())).containsExactly("2");
        }
        assertThatThrownBy(() -> work.step(Coefficients.of(1), 1, 0.01))
                .hasMessage("Cannot step: no gradients were summed");
        sent.destroy();
        rho.destroy();
    }
}
