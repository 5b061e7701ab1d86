package io.solera.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.problem.RequestException;
import io.solera.train.TinyRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that driver and executors both need. (On executors of other processes: jobs.TestLocalCluster.) */
class TestSharedFolder {
    @TempDir
    private Path folder;

    private final JavaSparkContext spark =
            JavaSparkContext.fromSparkContext(TinyRun.spark().sparkContext());

    @Test
    void anExecutorThatDoesNotSeeTheDriversFileIsNamed() throws IOException {
        Path marker = Files.createFile(folder.resolve("marker"));
        assertThatCode(() -> SharedFolder.requireSeen(spark, marker, "train")).doesNotThrowAnyException();
        Files.delete(marker);
        assertThatThrownBy(() -> SharedFolder.requireSeen(spark, marker, "train"))
                .isInstanceOf(RequestException.class)
                .hasMessage(
                        ("Cannot train in %s: executor driver on 127.0.0.1 does not see what the driver writes there"
                                        + " (must be on storage that all machines share: hdfs:, s3a:, gs:, abfss:, or"
                                        + " a network disk that each has at this path)")
                                .formatted(folder));
    }

    @Test
    void whereTasksRunInTheDriversProcessNothingIsAsked() throws IOException {
        Path there = folder.resolve("run");
        SharedFolder.require(spark, new org.apache.hadoop.fs.Path(there.toUri()), "train", new Configuration());
        assertThat(there).doesNotExist();
    }
}
