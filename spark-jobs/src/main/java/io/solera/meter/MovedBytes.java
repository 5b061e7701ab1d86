package io.solera.meter;

import java.util.concurrent.atomic.LongAdder;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** What Spark has moved for the tasks of an application: through shuffles, and in results to the driver. */
final class MovedBytes extends SparkListener {
    private final LongAdder shuffled = new LongAdder();
    private final LongAdder returned = new LongAdder();

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
        TaskMetrics metrics = end.taskMetrics();
        if (metrics != null) { // a task that was lost has none
            shuffled.add(metrics.shuffleReadMetrics().totalBytesRead());
            returned.add(metrics.resultSize());
        }
    }

    /** Read by tasks from what other tasks wrote. */
    long shuffled() {
        return shuffled.sum();
    }

    /** Results of tasks. */
    long returned() {
        return returned.sum();
    }
}
