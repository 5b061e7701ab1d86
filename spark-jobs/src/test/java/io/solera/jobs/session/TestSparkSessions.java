package io.solera.jobs.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.jobs.Commands;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TestSparkSessions {
    private final List<SparkSession> seen = new ArrayList<>();

    @BeforeEach
    void nothingRuns() throws Exception {
        Commands.session().close();
    }

    @Test
    void closesWhatItStarted() throws Exception {
        SparkSessions.run("test", seen::add);

        assertThat(seen.get(0).sparkContext().isStopped()).isTrue();
    }

    @Test
    void refusesToRunOverSparkConnect() {
        assertThatThrownBy(() ->
                        SparkSessions.requireDriver("train", Map.of(), Map.of("SPARK_REMOTE", "sc://cluster:15002")))
                .hasMessage("Cannot run solera train over Spark Connect: it needs the driver of a cluster (unset"
                        + " SPARK_REMOTE, which is sc://cluster:15002, and use spark-submit; over Spark Connect there"
                        + " are the SQL functions)");
        assertThatThrownBy(() -> SparkSessions.requireDriver("score", Map.of("spark.remote", "local"), Map.of()))
                .hasMessageStartingWith("Cannot run solera score over Spark Connect: ")
                .hasMessageContaining("(unset spark.remote, which is local, and use spark-submit;");
        assertThatThrownBy(() -> SparkSessions.requireDriver("sql", Map.of("spark.api.mode", "connect"), Map.of()))
                .hasMessageContaining("(unset spark.api.mode, which is connect, and use spark-submit;");
        SparkSessions.requireDriver("train", Map.of("spark.api.mode", "classic"), Map.of("SPARK_REMOTE", ""));
    }

    @Test
    void closesItAlsoWhenTheWorkFails() {
        assertThatThrownBy(() -> SparkSessions.run("test", spark -> {
                    seen.add(spark);
                    throw new IllegalStateException("it fails");
                }))
                .hasMessage("it fails");
        assertThat(seen.get(0).sparkContext().isStopped()).isTrue();
    }

    /** spark-submit makes system properties of what a user sets. */
    @Test
    void whatTheUserSetsStands() throws Exception {
        Map<String, String> set = Map.of(
                "spark.executorEnv.OMP_NUM_THREADS", "3",
                "spark.decommission.enabled", "false",
                "spark.speculation", "true",
                "spark.sql.shuffle.partitions", "7");
        set.forEach(System::setProperty);
        try {
            SparkSessions.run(
                    "test",
                    spark -> set.forEach((key, value) -> assertThat(
                                    spark.sparkContext().getConf().get(key))
                            .as(key)
                            .isEqualTo(value)));
        } finally {
            set.keySet().forEach(System::clearProperty);
        }
        SparkSessions.run("test", spark -> {
            SparkConf conf = spark.sparkContext().getConf();
            assertThat(conf.get("spark.executorEnv.OMP_NUM_THREADS")).isEqualTo("1");
            assertThat(conf.get("spark.executorEnv.OPENBLAS_NUM_THREADS")).isEqualTo("1");
            assertThat(conf.get("spark.decommission.enabled")).isEqualTo("true");
            assertThat(conf.get("spark.serializer")).endsWith(".JavaSerializer");
            seen.add(spark);
        });
        assertThat(seen).hasSize(1);
    }

    @Test
    void ourPluginComesAfterTheUsersAndOnce() throws Exception {
        String ours = "io.solera.meter.SoleraPlugin";
        assertThat(SparkSessions.plugins("")).isEqualTo(ours);
        assertThat(SparkSessions.plugins("com.nvidia.spark.SQLPlugin")).isEqualTo("com.nvidia.spark.SQLPlugin," + ours);
        assertThat(SparkSessions.plugins(ours + " , a.B")).isEqualTo(ours + " , a.B");
        SparkSessions.run(
                "test",
                spark -> assertThat(spark.sparkContext().getConf().get("spark.plugins"))
                        .isEqualTo(ours));
    }

    @Test
    void leavesASessionThatWasThere() throws Exception {
        try (SparkSession there = Commands.session()) {
            Thread.sleep(2); // another millisecond than that of its start
            SparkSessions.run("test", seen::add);

            assertThat(seen.get(0).sparkContext()).isSameAs(there.sparkContext());
            assertThat(there.sparkContext().isStopped()).isFalse();
        }
    }
}
