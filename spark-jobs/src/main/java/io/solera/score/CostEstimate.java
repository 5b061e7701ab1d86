package io.solera.score;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;

/**
 * What rewards cost, measured by one task on different inputs of the table: processor time, or for what is done elsewhere the time that
 * it is waited for. The first inputs only warm up: they load models, and run code that is not compiled yet.
 *
 * @param texts that were measured
 * @param micros microseconds of one core per input, by reward
 */
public record CostEstimate(int texts, List<Double> micros) implements Serializable {
    /** Reading, moving and writing a row, in microseconds. */
    static final double ROW_MICROS = 8;

    private static final int SAMPLE = 8 * KeyBatch.SIZE;
    private static final int WARM_UP = 32;
    private static final long NANOS = TimeUnit.SECONDS.toNanos(4);

    public CostEstimate {
        micros = List.copyOf(micros);
    }

    /** Scores a few of the inputs, for some seconds and a batch more at most. */
    public static CostEstimate of(ScoreInput input, ScoreInput.Survey survey) {
        Column[] read = input.inputColumns().toArray(Column[]::new);
        long every = Math.max(1, survey.distinct() / SAMPLE);
        List<List<@Nullable String>> sample = new ArrayList<>();
        input.table()
                .filter(functions
                        .pmod(functions.xxhash64(read), functions.lit(every))
                        .equalTo(0))
                .select(read)
                .distinct()
                .limit(SAMPLE)
                .collectAsList()
                .forEach(row -> sample.add(texts(row)));
        if (sample.isEmpty()) {
            sample.add(texts(input.table().select(read).head()));
        }
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(input.spark().sparkContext());
        Broadcast<List<RewardColumn>> rewards = context.broadcast(input.rewards());
        List<String> names = input.inputs();
        CostEstimate price = context.parallelize(sample, 1)
                .mapPartitions(texts ->
                        List.of(measured(names, rewards.value(), texts)).iterator())
                .first();
        rewards.unpersist();
        return price;
    }

    /** Core-seconds of a table. */
    public double seconds(long rows, long distinct) {
        return 1e-6
                * (distinct * micros.stream().mapToDouble(Double::doubleValue).sum() + rows * ROW_MICROS);
    }

    private static List<@Nullable String> texts(Row row) {
        List<@Nullable String> texts = new ArrayList<>();
        for (int k = 0; k < row.size(); k++) {
            texts.add(row.getString(k));
        }
        return texts;
    }

    private static CostEstimate measured(
            List<String> names, List<RewardColumn> rewards, Iterator<List<@Nullable String>> sample) {
        List<long[]> nanos = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        long begun = System.nanoTime();
        while (sample.hasNext() && (sizes.size() < 2 || System.nanoTime() - begun < NANOS)) {
            // a slow one is measured on few inputs
            int most =
                    System.nanoTime() - begun < NANOS / 4 ? Math.min(KeyBatch.SIZE, WARM_UP << sizes.size()) : WARM_UP;
            KeyBatch batch = new KeyBatch(names.size());
            while (sample.hasNext() && batch.size() < most) {
                batch.add(sample.next());
            }
            long[] spent = new long[rewards.size()];
            batch.score(names, rewards, spent);
            nanos.add(spent);
            sizes.add(batch.size());
        }
        int first = sizes.size() / 2;
        int texts = sizes.subList(first, sizes.size()).stream()
                .mapToInt(Integer::intValue)
                .sum();
        double[] micros = new double[rewards.size()];
        for (long[] spent : nanos.subList(first, nanos.size())) {
            for (int r = 0; r < micros.length; r++) {
                micros[r] += spent[r] / 1e3 / texts;
            }
        }
        return new CostEstimate(texts, Arrays.stream(micros).boxed().toList());
    }
}
