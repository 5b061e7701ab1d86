package io.solera.train.memory;

import com.google.gson.JsonObject;
import io.solera.checkpoint.LoraAdapters;
import io.solera.checkpoint.NetworkConfig;
import io.solera.checkpoint.Policy;
import io.solera.config.AlgorithmSettings;
import io.solera.config.OptimizerSettings;
import io.solera.config.TrainJob;
import io.solera.model.Likelihood;
import io.solera.problem.RequestException;
import io.solera.rl.BlockVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What a job takes, part by part: on the driver's Java heap, on the heap of an executor's tasks, and outside of the
 * heap, where the networks' arrays are. P below is the bytes of all parameters in float32.
 *
 * @param held by the driver as long as it runs
 * @param driver what it needs in addition between steps, while no task runs
 * @param tasks of one executor that run at a time
 * @param outside the heap of an executor
 */
public record MemoryNeed(List<Part> held, List<Part> driver, List<Part> tasks, List<Part> outside) {
    /** Fewer sequences in a pass do not take less: batches are padded to this many. */
    private static final int MIN_PASS = 8;

    /** A task that updates alone has the state that it read (3 P) and what it trains; the gradients come on top. */
    private static final int UPDATING = 4;

    /** In shared steps the driver has theta and two moments of each learner... */
    private static final int SHARED = 3;

    /** ...and what is sent out, and the sums of a minibatch on their way in. */
    private static final int SENT = 4;

    /** Blocks at a time in a blend, next to one of each learner: of rho, the next one, their difference, the sum. */
    private static final int BLENDING = 5;

    /** What takes memory, and how much. */
    public record Part(String name, long bytes) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%s %,.0f MiB", name, bytes / (double) (1 << 20));
        }
    }

    public MemoryNeed {
        held = List.copyOf(held);
        driver = List.copyOf(driver);
        tasks = List.copyOf(tasks);
        outside = List.copyOf(outside);
    }

    /**
     * Of a run on this cluster.
     *
     * @throws IllegalArgumentException with the arithmetic, where it cannot fit
     */
    public static MemoryNeed required(
            JavaSparkContext spark,
            TrainJob job,
            Policy reference,
            boolean shared,
            int longestPrompt,
            int learners,
            int partitions) {
        MemoryRoom room = MemoryRoom.of(spark.getConf(), spark.defaultParallelism());
        MemoryNeed need = ofTraining(
                job,
                reference.config(),
                Float.BYTES * reference.trainedSize(),
                reference.inMemory(),
                shared,
                longestPrompt,
                learners,
                Math.min(room.slots(), partitions));
        room.check(
                "train",
                need,
                "give it more, or lower memory.budget-mib, micro-batch, sampling.max-new-tokens or the cores"
                        + " of a process, or train adapters (lora)");
        return need;
    }

    /**
     * Of a training run.
     *
     * @param trained bytes of what is trained, t: P, or less through adapters
     * @param inMemory whether the driver holds the policy, or only blocks of it
     * @param shared whether tasks share updates, and compute gradients alone
     * @param longestPrompt in tokens, the begin token included
     * @param learners whose states are kept
     * @param slots tasks that an executor runs at a time
     */
    public static MemoryNeed ofTraining(
            TrainJob job,
            NetworkConfig config,
            long trained,
            boolean inMemory,
            boolean shared,
            int longestPrompt,
            int learners,
            int slots) {
        NetworkMemory network = network(job, config);
        long p = network.parameters();
        int tokens = tokens(job, config, longestPrompt);
        int updates = shared ? slots : Math.min(learners, slots);
        int drawn = Math.min(learners, slots);
        long moments = job.optimizer().moments() == OptimizerSettings.Moments.KEEP ? 2 * trained : 0;
        long block = Float.BYTES * (long) BlockVector.BLOCK_SIZE;
        long blocks = (learners + BLENDING) * block * Runtime.getRuntime().availableProcessors();
        boolean summing = learners * trained <= (long) job.memory().driverMib() << 20;
        List<Part> held = List.of(
                new Part("reference, rho, and their broadcast copies", inMemory ? 2 * (p + trained) : 0),
                new Part("moments that learners keep (%d)".formatted(learners), moments * learners));
        List<Part> blending = List.of(
                new Part(
                        "what learners train (%d)".formatted(learners),
                        summing ? (SHARED * learners + SENT) * trained : blocks),
                new Part("moments after the round", moments * learners),
                new Part("the next rho", inMemory ? trained : blocks));
        List<Part> tasks = new ArrayList<>();
        tasks.add(new Part("reference, as it is read", inMemory ? 0 : p));
        tasks.add(new Part(
                (shared ? "gradients in updates (%d)" : "states and gradients in updates (%d)").formatted(updates),
                ((shared ? 0 : UPDATING) + gradients(job)) * trained * updates));
        tasks.add(new Part("rho, and what samples are drawn from (%d)".formatted(drawn), (1 + drawn) * trained));
        int perToken = job.policyOptimisation().heldPerToken(config.hiddenSize());
        if (perToken > 0) {
            tasks.add(new Part(
                    "hidden states for critics",
                    Float.BYTES * (long) updates * job.samplesPerStep() * tokens * config.hiddenSize()));
        }
        int pass = pass(job, config, trained, longestPrompt);
        if (sharesTrunk(job)) {
            // read, differentiated, and padded on the way to the network
            long states = 2L * rows(job, pass) + 2L * Math.min(rows(job, pass), Likelihood.rows(tokens));
            tasks.add(new Part(
                    "those of a pass, and their gradients",
                    states * Float.BYTES * updates * tokens * config.hiddenSize()));
        }
        return new MemoryNeed(
                held,
                blending,
                tasks,
                List.of(
                        new Part(
                                "networks (%d), their gradients and masks".formatted(slots),
                                slots * fixed(network, trained, tokens)),
                        new Part(
                                "the largest of passes (%d of %d samples, %d tokens) and generation (%d of %d)"
                                        .formatted(updates, pass, tokens, slots, job.microBatch()),
                                Math.max(
                                        updates * working(job, network, pass, tokens),
                                        slots * network.generation(job.microBatch(), tokens)))));
    }

    /** Of drawing samples from one policy. */
    public static MemoryNeed ofSampling(NetworkConfig config, int microBatch, int tokens, int slots) {
        NetworkMemory network = new NetworkMemory(config);
        long p = network.parameters();
        return new MemoryNeed(
                List.of(new Part("policy, with its broadcast copy", 2 * p)),
                List.of(),
                List.of(new Part("parameters on their way to networks (%d)".formatted(slots), slots * p)),
                List.of(
                        new Part("networks (%d) and masks".formatted(slots), slots * (p + network.tables(tokens))),
                        new Part(
                                "keys, values and logits of generation (%d of %d)".formatted(slots, microBatch),
                                slots * network.generation(microBatch, tokens))));
    }

    /**
     * Of likelihood training, whose gradients the driver adds; t is the bytes of what is trained, P or less through
     * adapters.
     *
     * @param microBatches in one batch
     */
    public static MemoryNeed ofLikelihood(Policy policy, int microBatch, int microBatches, int tokens, int slots) {
        NetworkMemory network = new NetworkMemory(policy.config(), policy.trainable());
        long t = Float.BYTES * policy.trainedSize();
        // the parameters that the adapters are next to
        long base = policy.trainable() instanceof LoraAdapters ? network.parameters() : 0;
        List<Part> held = new ArrayList<>();
        if (base > 0) {
            held.add(new Part("model and its broadcast copy", 2 * base));
        }
        held.add(new Part("what is trained, its copies, moments and the sum of gradients", 9 * t));
        held.add(new Part("gradients of micro-batches (%d)".formatted(microBatches), microBatches * t));
        return new MemoryNeed(
                held,
                List.of(),
                List.of(new Part(
                        "parameters and gradients on their way to and from networks (%d)".formatted(slots),
                        (base + 2 * t) * slots)),
                List.of(
                        new Part(
                                "networks (%d), their gradients and masks".formatted(slots),
                                slots * fixed(network, t, tokens)),
                        new Part(
                                "passes (%d of %d sequences, %d tokens)".formatted(slots, microBatch, tokens),
                                slots * network.gradient(Math.max(MIN_PASS, microBatch), tokens, false, false))));
    }

    /**
     * Samples in one pass of an update: those of a part, halved until an update task stays within the job's budget. It
     * decides on the order of sums, so it depends on the job and never on the machine.
     */
    public static int pass(TrainJob job, NetworkConfig config, long trained, int longestPrompt) {
        NetworkMemory network = network(job, config);
        long budget = (long) job.memory().budgetMib() << 20;
        int tokens = tokens(job, config, longestPrompt);
        int pass = job.updateBatch();
        while (budget > 0 && fixed(network, trained, tokens) + working(job, network, pass, tokens) > budget) {
            if (pass <= MIN_PASS) {
                throw new RequestException("Invalid memory.budget-mib: %d (must be more for this model: %s; %s)"
                        .formatted(
                                job.memory().budgetMib(),
                                new Part("its network with gradients and masks takes", fixed(network, trained, tokens)),
                                new Part(
                                        "a pass of %d samples of %d tokens".formatted(pass, tokens),
                                        working(job, network, pass, tokens))));
            }
            pass = Math.max(MIN_PASS, pass / 2);
        }
        return pass;
    }

    /** Sums in MiB, and the most that this process has had resident so far. */
    public JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("driver_heap_mib", (bytes(held) + bytes(driver)) >> 20);
        json.addProperty("tasks_heap_mib", bytes(tasks) >> 20);
        json.addProperty("outside_mib", bytes(outside) >> 20);
        json.addProperty("driver_peak_resident_mib", ResidentMemory.peakMebibytes());
        return json;
    }

    /** Parts and their sum. */
    static String text(List<Part> parts) {
        return new Part("", bytes(parts)).toString().strip()
                + parts.stream().map(Part::toString).collect(Collectors.joining(", ", " (", ")"));
    }

    static long bytes(List<Part> parts) {
        return parts.stream().mapToLong(Part::bytes).sum();
    }

    private static NetworkMemory network(TrainJob job, NetworkConfig config) {
        return new NetworkMemory(config, job.trainable(config));
    }

    private static long fixed(NetworkMemory network, long trained, int tokens) {
        return network.parameters() + trained + network.tables(tokens);
    }

    /** Likelihoods without gradients are computed for whole forward batches, however small a pass is. */
    private static long working(TrainJob job, NetworkMemory network, int pass, int tokens) {
        boolean tempered = job.sampling().temperature() != 1;
        int rows = rows(job, pass);
        int forward = Math.max(MIN_PASS, Math.min(Likelihood.rows(tokens), job.samplesPerStep()));
        long gradient = network.gradient(rows, tokens, tempered, job.memory().recompute())
                + (sharesTrunk(job) ? network.shared(rows, tokens) : 0);
        return Math.max(gradient, network.forward(forward, tokens, tempered));
    }

    /** Vectors of gradients in an update: of a pass, and the sums of parts that wait for others, in pairs. */
    private static int gradients(TrainJob job) {
        int parts = (minibatch(job) + job.updateBatch() - 1) / job.updateBatch();
        int waiting = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(parts - 1));
        return (1 + waiting) * job.gradients(job.rewards().size());
    }

    private static int minibatch(TrainJob job) {
        int minibatches = job.algorithm().minibatches();
        return (job.samplesPerStep() / job.shards() + minibatches - 1) / minibatches;
    }

    /** Rows of a pass that is computed, padding included. */
    private static int rows(TrainJob job, int pass) {
        return Math.max(MIN_PASS, Math.min(pass, minibatch(job)));
    }

    private static boolean sharesTrunk(TrainJob job) {
        return job.algorithm().critic().trunk() == AlgorithmSettings.CriticSettings.Trunk.POLICY;
    }

    private static int tokens(TrainJob job, NetworkConfig config, int longestPrompt) {
        return Math.min(config.contextLength(), longestPrompt + job.sampling().maxNewTokens() - 1);
    }
}
