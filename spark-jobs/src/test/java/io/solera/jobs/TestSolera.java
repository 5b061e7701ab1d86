package io.solera.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.meter.SoleraPlugin;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Objects;
import org.apache.spark.SparkUserAppException;
import org.apache.spark.deploy.SparkSubmit;
import org.junit.jupiter.api.Test;

/** The main class on a Java that cannot load the others. */
class TestSolera {
    private static final int JAVA_17 = 61;

    @Test
    void whateverJavaLoadsSparkLoadsItAndThePlugin() throws IOException {
        int spark = version(SparkSubmit.class);
        assertThat(version(Solera.class)).isEqualTo(spark);
        assertThat(version(SoleraPlugin.class)).isEqualTo(spark);
        assertThat(version(SoleraCommand.class)).isEqualTo(JAVA_17);
    }

    @Test
    void anOldJavaIsRefusedByName() {
        assertThat(Solera.isTooOld("1.8")).isTrue();
        assertThat(Solera.isTooOld("11")).isTrue();
        assertThat(Solera.isTooOld("16")).isTrue();
        assertThat(Solera.isTooOld("17")).isFalse();
        assertThat(Solera.isTooOld("21")).isFalse();
        assertThat(Solera.refusal("11", "/opt/java-11"))
                .startsWith("Cannot start: this is Java 11 (/opt/java-11), and Solera needs Java 17 or later on the"
                        + " driver and on every executor (set JAVA_HOME to one before spark-submit")
                .doesNotContain("\n");
    }

    @Test
    void whatACommandThrowsIsThrownUnchanged() {
        assertThatThrownBy(() -> Solera.main(new String[] {"no-such-command"}))
                .isInstanceOf(SparkUserAppException.class)
                .hasMessage("User application exited with 2");
    }

    /** The version of a class file: 44 more than that of the oldest Java that loads it. */
    private static int version(Class<?> type) throws IOException {
        try (DataInputStream in = new DataInputStream(
                Objects.requireNonNull(type.getResourceAsStream(type.getSimpleName() + ".class")))) {
            assertThat(in.readInt()).isEqualTo(0xcafebabe);
            in.readUnsignedShort();
            return in.readUnsignedShort();
        }
    }
}
