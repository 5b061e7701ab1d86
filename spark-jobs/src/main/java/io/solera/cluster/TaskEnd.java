package io.solera.cluster;

import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;

/** The end of a task before its work is done: Spark only asks it to end, so what computes for long looks for that. */
public final class TaskEnd {
    private TaskEnd() {}

    /** @throws TaskKilledException in a task that was killed, or whose process is ending */
    public static void check() {
        TaskContext task = TaskContext.get();
        if (task == null) {
            return;
        }
        if (task.isInterrupted()) {
            throw new TaskKilledException("it was asked to end");
        }
        if (ShutdownHookManager.get().isShutdownInProgress()) {
            throw new TaskKilledException("its process is ending");
        }
    }
}
