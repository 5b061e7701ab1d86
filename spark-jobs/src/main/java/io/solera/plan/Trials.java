package io.solera.plan;

import io.solera.bench.ShortRun;
import io.solera.checkpoint.NetworkConfig;
import io.solera.config.TrainJob;
import io.solera.meter.MovedBytes;
import io.solera.rl.Blocks;
import io.solera.train.RunInputs;
import io.solera.train.memory.MemoryNeed;
import io.solera.train.memory.MemoryRoom;
import io.solera.train.memory.ResidentMemory;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/** The short runs of a calibration on the executors that are there, and what they moved and took. */
final class Trials implements AutoCloseable {
    private static final long QUIET_MILLIS = 300;
    private static final String DRIVER = "driver";

    private final SparkSession session;
    private final JavaSparkContext spark;
    private final String yaml;
    private final List<String> overrides;
    private final RunInputs inputs;
    private final MovedBytes counted = new MovedBytes();
    private final List<TrainJob> jobs = new ArrayList<>();
    private double[] last = new double[2];

    /** A process that runs tasks. */
    private record Place(String executor, double peakMib) implements Serializable {}

    Trials(SparkSession session, String yaml, List<String> overrides, RunInputs inputs) {
        this.session = session;
        this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        this.yaml = yaml;
        this.overrides = overrides;
        this.inputs = inputs;
        session.sparkContext().addSparkListener(counted);
    }

    Trial run(List<String> settings) throws IOException {
        List<String> all = new ArrayList<>(overrides);
        all.addAll(settings);
        TrainJob job = TrainJob.read(yaml, all, inputs.reference().config().contextLength());
        jobs.add(job);
        double[] before = totals();
        Trial trial = Trial.of(job, ShortRun.of(session, job, inputs));
        double[] after = totals();
        last = new double[] {after[0] - before[0], after[1] - before[1]};
        return trial;
    }

    /** Bytes that the last run returned to the driver, and that it shuffled. */
    double[] moved() {
        return last.clone();
    }

    /** Once the listener has heard of all tasks. */
    private double[] totals() throws IOException {
        double sum;
        do {
            sum = counted.returned() + counted.shuffled();
            try {
                Thread.sleep(QUIET_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("Cannot calibrate: it was interrupted");
            }
        } while (counted.returned() + counted.shuffled() != sum);
        return new double[] {counted.returned(), counted.shuffled()};
    }

    int slots() {
        return spark.defaultParallelism();
    }

    int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** Bytes that an executor gets of each byte of the policy; 1 where no executor is apart from the driver. */
    double compression() throws IOException {
        if (!inputs.reference().inMemory()) {
            return 1;
        }
        totals();
        long before = counted.broadcast();
        Broadcast<Blocks> policy = spark.broadcast(inputs.reference().parameters());
        long executors = spark.parallelize(numbers(), 4 * slots())
                .map(k -> policy.value().size() > 0 ? SparkEnv.get().executorId() : "")
                .distinct()
                .filter(executor -> !executor.equals(DRIVER))
                .count();
        totals();
        policy.destroy();
        double bytes = Float.BYTES * (double) inputs.reference().parameters().size();
        return executors == 0 ? 1 : (counted.broadcast() - before) / bytes / executors;
    }

    private List<Integer> numbers() {
        return IntStream.range(0, 4 * slots()).boxed().toList();
    }

    /** What processes had resident at most, without what the runs were counted to need. */
    Rates.Base memory(NetworkConfig network) {
        List<Place> places = spark.parallelize(numbers(), 4 * slots())
                .map(k -> new Place(SparkEnv.get().executorId(), ResidentMemory.peakMebibytes()))
                .collect();
        boolean apart = places.stream().noneMatch(place -> place.executor().equals(DRIVER));
        int each = MemoryRoom.of(spark.getConf(), slots()).slots();
        double driver = 0;
        double executor = 0;
        double together = 0;
        for (TrainJob job : jobs) {
            MemoryNeed need = Memory.need(
                    job, network, Load.of(job, network), inputs.prompts().longest(), each);
            driver = Math.max(driver, Memory.driver(need));
            executor = Math.max(executor, Memory.executor(need));
            together = Math.max(together, Memory.together(need));
        }
        double here = ResidentMemory.peakMebibytes();
        double there = places.stream().mapToDouble(Place::peakMib).max().orElse(here);
        return apart
                ? new Rates.Base(Math.max(0, here - driver), Math.max(0, there - executor), true)
                : new Rates.Base(Math.max(0, here - together), Math.max(0, here - together), false);
    }

    @Override
    public void close() {
        session.sparkContext().removeSparkListener(counted);
    }
}
