package io.solera.meter;

import java.util.concurrent.atomic.LongAdder;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerBlockUpdated;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.storage.BlockUpdatedInfo;

/**
 * What Spark has moved for the tasks of an application: through shuffles, in results to the driver, and in broadcasts
 * to executors.
 */
public final class MovedBytes extends SparkListener {
    private final LongAdder shuffled = new LongAdder();
    private final LongAdder returned = new LongAdder();
    private final LongAdder broadcast = new LongAdder();

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
        TaskMetrics metrics = end.taskMetrics();
        if (metrics != null) { // a task that was lost has none
            shuffled.add(metrics.shuffleReadMetrics().totalBytesRead());
            returned.add(metrics.resultSize());
        }
    }

    @Override
    public void onBlockUpdated(SparkListenerBlockUpdated updated) {
        BlockUpdatedInfo block = updated.blockUpdatedInfo();
        // pieces; the value that is made of them has no length of its own on the way
        if (block.blockId().isBroadcast()
                && block.blockId().name().contains("_piece")
                && block.storageLevel().isValid()
                && !block.blockManagerId().isDriver()) {
            broadcast.add(block.memSize() + block.diskSize());
        }
    }

    /** Read by tasks from what other tasks wrote. */
    public long shuffled() {
        return shuffled.sum();
    }

    /** Results of tasks. */
    public long returned() {
        return returned.sum();
    }

    /** Pieces of broadcasts that executors got, each of them from the driver or from another executor; compressed. */
    public long broadcast() {
        return broadcast.sum();
    }
}
