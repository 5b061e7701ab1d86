package io.solera.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.train.TinyRun;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which slots rewards are scored on. (A run on slots of cores: jobs.TestLocalCluster.) */
class TestScoringSlots {
    private static final String GPU = " executor.resource.gpu.amount=1 task.resource.gpu.amount=";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "yarn | executor.cores=8 | SAME | -",
                "yarn | executor.cores=8 task.resource.gpu.amount=0 | SAME | -",
                "yarn | executor.cores=8" + GPU + "1 | CORES | rewards are scored on all cores, whoever has a gpu",
                "k8s://https://host | executor.cores=8" + GPU + "0.25 | CORES | rewards are scored on all cores,"
                        + " whoever has a gpu",
                // as many shares of a device as cores: nothing is gained
                "yarn | executor.cores=8" + GPU + "0.125 | SAME | -",
                "yarn | executor.cores=8 task.cpus=8" + GPU + "1 | SAME | -",
                "yarn | " + GPU + "1 | SAME | -",
                "spark://host:7077 | " + GPU + "1 | CORES | rewards are scored on all cores, whoever has a gpu",
                "spark://host:7077 | executor.cores=1" + GPU + "1 | SAME | -",
                "yarn | executor.cores=4 dynamicAllocation.enabled=true" + GPU + "1 | EXECUTORS | rewards are scored on"
                        + " executors without gpu",
                "local[8] | executor.cores=8" + GPU + "1 | SAME | rewards are scored on slots of gpu: with master"
                        + " local[8] Spark has one kind of slot",
            })
    void followFromTheCluster(String master, String settings, ScoringSlots.Kind kind, String note) {
        SparkConf conf = new SparkConf(false).set("spark.master", master);
        for (String setting : settings.strip().split(" +")) {
            if (!setting.isEmpty()) {
                conf.set("spark." + setting.split("=")[0], setting.split("=")[1]);
            }
        }
        assertThat(ScoringSlots.of(conf)).isEqualTo(new ScoringSlots(kind, note == null ? "" : note));
    }

    @Test
    void withoutAcceleratorsNoProfileIsAskedFor() {
        assertThat(ScoringSlots.profile(TinyRun.spark().sparkContext())).isEmpty();
    }
}
