package io.solera.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.train.TinyRun;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.junit.jupiter.api.Test;

/** What Spark calls jobs. */
class TestDescribed {
    private final SparkContext spark = TinyRun.spark().sparkContext();

    private String words() {
        return spark.getLocalProperty(Described.GROUP) + " | " + spark.getLocalProperty(Described.DESCRIPTION) + " | "
                + spark.getLocalProperty("callSite.short");
    }

    @Test
    void partsAddToTheDescriptionOfARunAndTakeTheirWordsBack() {
        String before = words();
        try (Described run = Described.run(spark, "hdfs://host/runs/jak2/", "")) {
            assertThat(words()).isEqualTo("solera: jak2 |  | ");
            try (Described round = Described.more(spark, "round 3 of 25")) {
                try (Described step = Described.more(spark, ", step 2 of 4: rollouts of qed, sa")) {
                    assertThat(words())
                            .isEqualTo("solera: jak2 | round 3 of 25, step 2 of 4: rollouts of qed, sa"
                                    + " | step 2 of 4: rollouts of qed, sa");
                }
                assertThat(words()).isEqualTo("solera: jak2 | round 3 of 25 | round 3 of 25");
                assertThat(Described.more(spark, ": evaluation", this::words))
                        .isEqualTo("solera: jak2 | round 3 of 25: evaluation | evaluation");
            }
            assertThat(Described.more(spark, ": alone", this::words)).isEqualTo("solera: jak2 | alone | alone");
        }
        assertThat(words()).isEqualTo(before);
    }

    @Test
    void threadsThatAreStartedInsideHaveTheSameWordsAndAddTheirOwn() throws Exception {
        try (Described run = Described.run(spark, "runs/one", "round 1 of 2")) {
            ExecutorService threads = Executors.newFixedThreadPool(2);
            try {
                for (String name : List.of("qed", "sa")) {
                    assertThat(threads.submit(() -> Described.more(spark, ": update of " + name, this::words))
                                    .get())
                            .isEqualTo("solera: one | round 1 of 2: update of %s | update of %s", name, name);
                }
            } finally {
                threads.shutdownNow();
            }
            assertThat(words()).isEqualTo("solera: one | round 1 of 2 | round 1 of 2");
        }
    }

    @Test
    void manyNamesAreCut() {
        assertThat(Described.named(List.of("qed", "sa"))).isEqualTo("qed, sa");
        assertThat(Described.named(
                        IntStream.rangeClosed(1, 20).mapToObj(k -> "r" + k).toList()))
                .isEqualTo("r1, r2, r3, r4, r5, r6, r7, r8 and 12 more");
    }
}
