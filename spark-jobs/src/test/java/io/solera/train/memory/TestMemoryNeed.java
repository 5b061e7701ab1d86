package io.solera.train.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.checkpoint.Gpt2Config;
import io.solera.checkpoint.Lora;
import io.solera.checkpoint.LoraAdapters;
import io.solera.config.TrainJob;
import io.solera.rl.BlockVector;
import io.solera.train.TinyRun;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The arithmetic of memory, on a network small enough to count by hand. */
class TestMemoryNeed {
    private static final long MIB = 1 << 20;
    // V 10, P 16, D 4, L 2, H 2, F 16
    private static final Gpt2Config SMALL = Gpt2Config.of(10, 16, 4, 2, 2);
    // 4 + 64 + 2 * (8 + 60 + 20 + 8 + 80 + 68) + 8
    private static final long PARAMETERS = 40 + 64 + 2 * (8 + 60 + 20 + 8 + 80 + 68) + 8;
    private static final Gpt2Config LARGE = Gpt2Config.of(40, 128, 768, 3, 12);

    @TempDir
    private Path folder;

    private static TrainJob job(String... overrides) {
        return TrainJob.read(TinyRun.job(""), List.of(overrides));
    }

    @Test
    void countsWhatAPassKeeps() {
        NetworkMemory network = new NetworkMemory(SMALL);
        assertThat(network.parameters()).isEqualTo(4 * PARAMETERS);
        assertThat(network.tables(5)).isEqualTo(4 * 16 * 16);
        // per token and layer 9 * 4 + 2 * 5 + 2 * 16 = 78; embedding, norm, logits and log-softmax 4 * 4 + 2 * 10 = 36
        long kept = 4L * 8 * 5 * (2 * 78 + 36);
        assertThat(network.gradient(8, 5, false, false)).isEqualTo(kept + 4L * 8 * 5 * (78 + 20));
        assertThat(network.gradient(8, 5, true, false) - network.gradient(8, 5, false, false))
                .isEqualTo(4L * 8 * 5 * 10);
        // what goes into two layers and the last norm; of 8 sequences at a time a layer, logits, and the gradients of
        // both
        assertThat(network.gradient(8, 5, false, true)).isEqualTo(4L * 8 * 5 * (3 * 4 + 78 + 36 + 78 + 20));
        // of each of 2 x (c_attn, c_proj, c_fc, c_proj), a mask and what it leaves of the input
        Lora lora = Lora.of(SMALL, 2, 4, false, List.of());
        assertThat(new NetworkMemory(SMALL, new LoraAdapters(lora)).gradient(8, 5, false, false))
                .isEqualTo(network.gradient(8, 5, false, false));
        NetworkMemory dropping = new NetworkMemory(SMALL, new LoraAdapters(lora.withDropout(0.1)));
        assertThat(dropping.gradient(8, 5, false, false) - network.gradient(8, 5, false, false))
                .isEqualTo(4L * 8 * 5 * 2 * 2 * (4 + 4 + 4 + 16));
        assertThat(dropping.gradient(8, 5, false, true) - network.gradient(8, 5, false, true))
                .as("of one layer at a time")
                .isEqualTo(4L * 8 * 5 * 2 * (4 + 4 + 4 + 16));
        assertThat(dropping.forward(8, 5, false)).isEqualTo(network.forward(8, 5, false));
        // 2 layers x keys and values x 8 rows x 5 tokens x 4 numbers, and half of it when it is halved; a step's arrays
        assertThat(network.generation(8, 5)).isEqualTo(4L * (3 * 2 * 8 * 5 * 4 + 8 * (2 * 78 + 20)));
    }

    @Test
    void addsUpARun() {
        MemoryNeed need =
                MemoryNeed.ofTraining(job("memory.budget-mib=0"), SMALL, 4 * PARAMETERS, true, false, 1, 3, 2);
        long p = 4 * PARAMETERS;
        assertThat(MemoryNeed.bytes(need.held())).isEqualTo(4 * p);
        assertThat(MemoryNeed.bytes(need.driver()))
                .as("three numbers of each learner, four that are shared, and the next rho")
                .isEqualTo((3 * 3 + 4) * p + p);
        // two tasks at a time; rloo has no critic
        assertThat(MemoryNeed.bytes(need.tasks())).isEqualTo(2 * 6 * p + 3 * p);
        NetworkMemory network = new NetworkMemory(SMALL);
        assertThat(MemoryNeed.bytes(need.outside()))
                .isEqualTo(2 * (2 * p + 1024)
                        + 2 * Math.max(network.gradient(16, 10, false, false), network.forward(25, 10, false)));
    }

    @Test
    void theDriverHoldsBlocksOfAPolicyThatStaysInItsFolder() {
        String[] none = {"memory.driver-mib=0"};
        MemoryNeed need =
                MemoryNeed.ofTraining(job(none), LARGE, 4L * LARGE.layout().size(), false, true, 1, 4, 2);
        assertThat(MemoryNeed.bytes(need.held())).isZero();
        // what learners train and the next rho: nine blocks of 4 MiB on each core
        assertThat(MemoryNeed.bytes(need.driver()))
                .isEqualTo(2L
                        * 9
                        * 4
                        * BlockVector.BLOCK_SIZE
                        * Runtime.getRuntime().availableProcessors());
        long p = 4L * LARGE.layout().size();
        assertThat(need.tasks())
                .as("of a minibatch in two parts, the gradient of a pass and the sum of the first part")
                .containsExactly(
                        new MemoryNeed.Part("reference, as it is read", p),
                        new MemoryNeed.Part("gradients in updates (2)", 2 * 2 * p),
                        new MemoryNeed.Part("rho, and what samples are drawn from (2)", 3 * p));
    }

    @Test
    void aSharedTrunkTakesMore() {
        String[] reference = {"algorithm.name=ppo", "algorithm.critic.trunk=reference"};
        String[] policy = {"algorithm.name=ppo", "algorithm.critic.trunk=policy"};
        MemoryNeed frozen = MemoryNeed.ofTraining(job(reference), SMALL, 4 * PARAMETERS, true, false, 1, 3, 2);
        MemoryNeed shared = MemoryNeed.ofTraining(job(policy), SMALL, 4 * PARAMETERS, true, false, 1, 3, 2);
        // passes of 16 rows of 10 tokens: hidden states and their gradients, as they are and padded
        assertThat(MemoryNeed.bytes(shared.tasks()) - MemoryNeed.bytes(frozen.tasks()))
                .isEqualTo(2 * 4L * 10 * 4 * (2 * 16 + 2 * 16));
        NetworkMemory network = new NetworkMemory(SMALL);
        assertThat(network.shared(16, 10)).isEqualTo(4L * 10 * 16 * (3 * 5 + 2 * 4));
        long pass = network.gradient(16, 10, false, false) + network.shared(16, 10);
        assertThat(MemoryNeed.bytes(shared.outside()))
                .isEqualTo(2 * (2 * 4 * PARAMETERS + 1024) + 2 * Math.max(pass, network.forward(25, 10, false)));
    }

    @Test
    void cutsPassesToTheBudget() {
        String dropping = "lora={rank: 2, dropout: 0.1}";
        String micro = "update-batch=64";
        String tokens = "sampling.max-new-tokens=100";
        String samples = "samples-per-step=128";
        assertThat(MemoryNeed.pass(
                        job(micro, tokens, samples), LARGE, 4L * LARGE.layout().size(), 1))
                .isEqualTo(64);
        int pass = MemoryNeed.pass(
                job(micro, tokens, samples, "memory.budget-mib=1000"),
                LARGE,
                4L * LARGE.layout().size(),
                1);
        assertThat(pass).isLessThan(64);
        assertThat(MemoryNeed.pass(
                        job(micro, tokens, samples, "memory.budget-mib=1000", dropping),
                        LARGE,
                        4L * LARGE.layout().size(),
                        1))
                .isLessThan(pass);
        assertThatThrownBy(() -> MemoryNeed.pass(
                        job(micro, tokens, samples, "memory.budget-mib=100"),
                        LARGE,
                        4L * LARGE.layout().size(),
                        1))
                .hasMessageMatching("Invalid memory.budget-mib: 100 \\(must be more for this model: its network with"
                        + " gradients and masks takes 163 MiB; a pass of 8 samples of 100 tokens"
                        + " [0-9]+ MiB\\)");
    }

    @Test
    void tellsTheArithmeticOfWhatDoesNotFit() {
        MemoryNeed need =
                MemoryNeed.ofTraining(job(), LARGE, 4L * LARGE.layout().size(), true, false, 1, 3, 2);
        assertThatCode(() -> new MemoryRoom(true, 2, 4096 * MIB, 4096 * MIB, 16384 * MIB).check("train", need, "x"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> new MemoryRoom(true, 2, 1200 * MIB, 1200 * MIB, 16384 * MIB)
                        .check("train", need, "lower micro-batch"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot train: memory does not suffice: its Java heap takes ")
                .hasMessageContaining("states and gradients in updates (2) 979 MiB")
                .hasMessageContaining("-Xmx (SOLERA_HEAP, spark.driver.memory) is 1,200 MiB; lower micro-batch");
        assertThatThrownBy(() -> new MemoryRoom(true, 2, 4096 * MIB, 4096 * MIB, 2048 * MIB).check("train", need, "x"))
                .hasMessageContaining("this process takes ")
                .hasMessageContaining("this machine or container has 2,048 MiB");
        assertThatThrownBy(() -> new MemoryRoom(false, 2, 4096 * MIB, 1024 * MIB, 384 * MIB).check("train", need, "x"))
                .hasMessageContaining("spark.executor.memory is 1,024 MiB")
                .hasMessageContaining("spark.executor.memoryOverhead is 384 MiB");
    }

    @Test
    void readsWhatExecutorsHave() {
        SparkConf conf = new SparkConf(false).set("spark.master", "yarn").set("spark.executor.memory", "8g");
        conf.set("spark.executor.cores", "4").set("spark.task.cpus", "2");
        MemoryRoom room = MemoryRoom.of(conf, 16);
        assertThat(room.slots()).isEqualTo(2);
        assertThat(room.executorHeap()).isEqualTo(8192 * MIB);
        assertThat(room.outside()).isEqualTo(819 * MIB);
        assertThat(MemoryRoom.of(conf.set("spark.executor.memoryOverhead", "2g"), 16)
                        .outside())
                .isEqualTo(2048 * MIB);
        // a standalone cluster limits the heap alone
        assertThat(MemoryRoom.of(conf.set("spark.master", "spark://host:7077"), 16)
                        .outside())
                .isZero();
        assertThat(MemoryRoom.of(new SparkConf(false).set("spark.master", "local[3]"), 3))
                .matches(here -> here.local() && here.slots() == 3 && here.outside() > here.heap());
    }

    @Test
    void theBudgetIsPartOfTheJobAndThePassOfItsBytes() throws Exception {
        String yaml = TinyRun.job("memory: {budget-mib: 1}\n");
        assertThat(TrainJob.read(yaml, List.of()).identity()).isNotEqualTo(job().identity());
        assertThat(MemoryNeed.pass(
                        TrainJob.read(yaml, List.of()),
                        TinyRun.policy().config(),
                        4L * TinyRun.policy().trainedSize(),
                        1))
                .isEqualTo(16);
        String weights = "policy/model.safetensors";
        assertThat(TinyRun.run(folder.resolve("budget"), yaml, List.of("rounds=1"), TinyRun.SILENT)
                        .get(weights))
                .isEqualTo(TinyRun.run(folder.resolve("none"), TinyRun.job(""), List.of("rounds=1"), TinyRun.SILENT)
                        .get(weights));
    }
}
