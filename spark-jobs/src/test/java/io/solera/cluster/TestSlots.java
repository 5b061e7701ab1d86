package io.solera.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.train.TinyRun;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** Tasks of a stage, from what the cluster is then. */
class TestSlots {
    private static SparkConf conf(String master, String... settings) {
        SparkConf conf = new SparkConf(false).set("spark.master", master);
        for (String setting : settings) {
            conf.set("spark." + setting.split("=")[0], setting.split("=")[1]);
        }
        return conf;
    }

    @Test
    void aStageHasATaskForEachSlotOfTheExecutorsThatAreThere() {
        assertThat(Slots.running(conf("spark://host:7077"), 8, 2)).isEqualTo(8);
        assertThat(Slots.running(conf("yarn", "task.cpus=4"), 8, 2)).isEqualTo(2);
        assertThat(Slots.running(conf("yarn", "task.cpus=4"), 2, 2)).isEqualTo(1);
        assertThat(Slots.running(conf("local[3]"), 3, 2)).isEqualTo(3);
        // of a single core Spark says 2
        assertThat(Slots.running(conf("spark://host:7077", "executor.cores=1"), 2, 1))
                .isEqualTo(1);
        assertThat(Slots.running(conf("spark://host:7077", "executor.cores=1"), 2, 2))
                .isEqualTo(2);
        // who gives a number means it
        assertThat(Slots.running(conf("yarn", "task.cpus=4", "default.parallelism=100"), 100, 2))
                .isEqualTo(100);
        assertThat(Slots.reach(conf("spark://host:7077"), 8)).isEqualTo(8);
        assertThat(Slots.reach(conf("yarn", "dynamicAllocation.maxExecutors=50"), 8))
                .isEqualTo(8);
    }

    @Test
    void withDynamicAllocationTasksWaitForExecutorsToCome() {
        String[] dynamic = {"dynamicAllocation.enabled=true", "executor.cores=4", "dynamicAllocation.maxExecutors=50"};
        assertThat(Slots.reach(conf("yarn", dynamic), 2)).isEqualTo(200);
        assertThat(Slots.reach(conf("k8s://https://host", dynamic), 300)).isEqualTo(300);
        assertThat(Slots.reach(conf("yarn", "dynamicAllocation.enabled=true"), 2))
                .isEqualTo(Integer.MAX_VALUE);
        assertThat(Slots.reach(
                        conf(
                                "yarn",
                                "dynamicAllocation.enabled=true",
                                "executor.cores=6",
                                "task.cpus=2",
                                "dynamicAllocation.maxExecutors=10"),
                        2))
                .isEqualTo(30);
        // nothing is allocated in one process
        assertThat(Slots.reach(conf("local[2]", dynamic), 2)).isEqualTo(2);
        assertThat(Slots.reach(conf("local-cluster[2,4,512]", dynamic), 2)).isEqualTo(200);
    }

    @Test
    void aJobThatAsksForTasksGetsThem() {
        SparkSession spark = TinyRun.spark();
        assertThat(Slots.of(spark.sparkContext()).running()).isEqualTo(2);
        assertThat(Slots.of(spark.sparkContext()).spread()).isEqualTo(2);
        assertThat(Slots.of(spark.sparkContext()).tasks(8)).isEqualTo(2);
        assertThat(Slots.of(spark.sparkContext()).tasks(1)).isEqualTo(1);
        assertThat(Slots.of(spark.sparkContext(), 5).tasks(8)).isEqualTo(5);
        assertThat(Slots.of(spark.sparkContext(), 5).tasks(3)).isEqualTo(3);
        assertThat(Slots.of(spark.sparkContext(), 5).tasks(0)).isEqualTo(1);
    }
}
