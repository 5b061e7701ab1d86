package io.solera.cluster;

import io.solera.problem.RequestException;
import io.solera.store.storage.Deletion;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A folder that driver and executors both read and write. On a disk of one machine the others would find nothing, hours
 * later, so each executor is asked at the start whether it sees a file that the driver wrote.
 */
public final class SharedFolder {
    /** Tasks per slot, so that each executor gets one. */
    private static final int TASKS_PER_SLOT = 2;

    private SharedFolder() {}

    /** An executor that does not see the file. */
    private record Stranger(String executor, String host) implements Serializable {}

    /**
     * Creates the folder if it is on a disk and tasks run elsewhere than here.
     *
     * @param doing as in {@code Cannot train in ...}
     * @throws RequestException naming an executor that does not see what the driver writes there
     */
    public static void require(
            JavaSparkContext spark, org.apache.hadoop.fs.Path path, String doing, Configuration configuration)
            throws IOException {
        if (Slots.isLocal(spark.getConf())
                || !"file".equals(path.getFileSystem(configuration).getUri().getScheme())) {
            return;
        }
        Path folder = Path.of(path.toUri().getPath());
        Files.createDirectories(folder);
        Path marker = Files.createFile(folder.resolve(".shared-" + UUID.randomUUID()));
        try {
            requireSeen(spark, marker, doing);
        } finally {
            Deletion.temporary(marker);
        }
    }

    static void requireSeen(JavaSparkContext spark, Path marker, String doing) {
        String file = marker.toString();
        int tasks = TASKS_PER_SLOT * Slots.of(spark, 0).running();
        List<Stranger> strangers = Described.more(
                spark.sc(),
                ": do executors see the folder",
                () -> spark.parallelize(IntStream.range(0, tasks).boxed().toList(), tasks)
                        .flatMap(task -> stranger(file).stream().iterator())
                        .collect());
        if (!strangers.isEmpty()) {
            throw new RequestException(
                    ("Cannot %s in %s: executor %s on %s does not see what the driver writes there (must be on storage"
                                    + " that all machines share: hdfs:, s3a:, gs:, abfss:, or a network disk that each"
                                    + " has at this path)")
                            .formatted(
                                    doing,
                                    marker.getParent(),
                                    strangers.get(0).executor(),
                                    strangers.get(0).host()));
        }
    }

    private static Optional<Stranger> stranger(String file) {
        return Files.exists(Path.of(file))
                ? Optional.empty()
                : Optional.of(new Stranger(
                        SparkEnv.get().executorId(),
                        SparkEnv.get().blockManager().blockManagerId().host()));
    }
}
