package io.solera.bench;

import io.solera.config.TrainJob;
import io.solera.store.RunFolder;
import io.solera.store.storage.Deletion;
import io.solera.store.storage.PrivateFolder;
import io.solera.train.Progress;
import io.solera.train.RunInputs;
import io.solera.train.TrainingLoop;
import io.solera.train.history.RoundRecord;
import io.solera.train.history.RunHistory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** A whole run of a job in a folder that is removed afterwards. */
public final class ShortRun {
    private ShortRun() {}

    /** What its rounds say, from round 0 on. */
    public static List<RoundRecord> of(SparkSession spark, TrainJob job, RunInputs inputs) throws IOException {
        Path folder = PrivateFolder.create();
        try (RunFolder run = RunFolder.open(
                folder.resolve("run").toUri().toString(),
                spark.sparkContext().hadoopConfiguration(),
                job.text(),
                text -> text)) {
            new TrainingLoop(spark, job, run, inputs, Progress.SILENT).run();
            return RunHistory.records(run.rounds().all());
        } finally {
            Deletion.temporary(folder);
        }
    }
}
