package io.solera.train.memory;

import io.solera.problem.RequestException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;

/**
 * The memory that a job's processes have, in bytes.
 *
 * @param local whether tasks run in the driver's process
 * @param slots tasks that an executor runs at a time
 * @param heap of the driver
 * @param executorHeap the same as {@code heap} where local
 * @param outside the heap of an executor, or of this machine or container as a whole where local; 0: not known
 */
public record MemoryRoom(boolean local, int slots, long heap, long executorHeap, long outside) {
    /** An allowance for Spark, rollouts and rewards (docs/measurements/memory-estimate.md). */
    private static final long BASE_HEAP = 150L << 20;

    /** An allowance for the JVM itself, its code, and PyTorch's libraries. */
    private static final long BASE_OUTSIDE = 350L << 20;

    /** Of this process, and of the executors as they are configured. */
    public static MemoryRoom of(SparkConf conf, int parallelism) {
        long heap = Runtime.getRuntime().maxMemory();
        String master = conf.get("spark.master", "local");
        if (master.startsWith("local")) {
            return new MemoryRoom(true, parallelism, heap, heap, ResidentMemory.ofMachine());
        }
        long executor = conf.getSizeAsBytes("spark.executor.memory", "1g");
        boolean limited = master.startsWith("yarn") || master.startsWith("k8s");
        double factor = conf.getDouble("spark.executor.memoryOverheadFactor", 0.1);
        long overhead = Math.max((long) (factor * executor) >> 20, 384);
        int cores = conf.getInt("spark.executor.cores", 1);
        return new MemoryRoom(
                false,
                Math.max(1, cores / conf.getInt("spark.task.cpus", 1)),
                heap,
                executor,
                limited ? conf.getSizeAsBytes("spark.executor.memoryOverhead", overhead + "m") : 0);
    }

    /**
     * @param wayOut what would make it less
     * @throws IllegalArgumentException with the arithmetic, where it cannot fit
     */
    public void check(String doing, MemoryNeed need, String wayOut) {
        List<String> problems = new ArrayList<>();
        List<MemoryNeed.Part> inHeap = new ArrayList<>(need.held());
        inHeap.add(new MemoryNeed.Part("the program itself", BASE_HEAP));
        List<MemoryNeed.Part> outOfHeap = new ArrayList<>(need.outside());
        outOfHeap.add(new MemoryNeed.Part("the program itself", BASE_OUTSIDE));
        if (local) {
            boolean tasks = MemoryNeed.bytes(need.tasks()) > MemoryNeed.bytes(need.driver());
            inHeap.addAll(tasks ? need.tasks() : need.driver());
            outOfHeap.add(new MemoryNeed.Part("Java heap", MemoryNeed.bytes(inHeap)));
            require(problems, "this process", outOfHeap, "this machine or container has", outside);
            require(problems, "its Java heap", inHeap, "-Xmx (SOLERA_HEAP, spark.driver.memory) is", heap);
        } else {
            inHeap.addAll(need.driver());
            List<MemoryNeed.Part> inExecutor = new ArrayList<>(need.tasks());
            inExecutor.add(new MemoryNeed.Part("the program itself", BASE_HEAP));
            require(problems, "the driver's Java heap", inHeap, "spark.driver.memory is", heap);
            require(problems, "an executor's Java heap", inExecutor, "spark.executor.memory is", executorHeap);
            require(problems, "an executor outside its heap", outOfHeap, "spark.executor.memoryOverhead is", outside);
        }
        if (!problems.isEmpty()) {
            throw new RequestException(
                    "Cannot %s: memory does not suffice: %s; %s".formatted(doing, String.join("; ", problems), wayOut));
        }
    }

    private static void require(
            List<String> problems, String where, List<MemoryNeed.Part> parts, String has, long room) {
        if (room > 0 && MemoryNeed.bytes(parts) > room) {
            problems.add("%s takes %s, %s".formatted(where, MemoryNeed.text(parts), new MemoryNeed.Part(has, room)));
        }
    }
}
