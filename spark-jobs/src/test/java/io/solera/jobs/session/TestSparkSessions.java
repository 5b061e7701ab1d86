package io.solera.jobs.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.jobs.Commands;
import java.util.ArrayList;
import java.util.List;
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
    void closesItAlsoWhenTheWorkFails() {
        assertThatThrownBy(() -> SparkSessions.run("test", spark -> {
                    seen.add(spark);
                    throw new IllegalStateException("it fails");
                }))
                .hasMessage("it fails");
        assertThat(seen.get(0).sparkContext().isStopped()).isTrue();
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
