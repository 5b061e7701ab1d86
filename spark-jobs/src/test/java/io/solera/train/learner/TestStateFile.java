package io.solera.train.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.checkpoint.file.MalformedModelException;
import io.solera.rl.AdamW;
import io.solera.rl.BlockVector;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class TestStateFile {
    private static final BlockVector THETA = BlockVector.of(1, 2, 3);
    private static final AdamW.State MOMENTS = new AdamW.State(BlockVector.of(4, 5, 6), BlockVector.of(7, 8, 9), 12);

    private static InputStream written(StateFile file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        file.write(out);
        return new ByteArrayInputStream(out.toByteArray());
    }

    private static StateFile whole() {
        return new StateFile()
                .with("policy", THETA)
                .with("policy", MOMENTS)
                .with("critic.qed", BlockVector.of(10))
                .with("memory", "{}");
    }

    @Test
    void whatIsAskedForIsRead() throws IOException {
        StateFile read = new StateFile.Wanted()
                .parameters("policy", 3)
                .moments("policy", 3)
                .read(written(whole()), "state");
        assertThat(read.parameters("policy")).isEqualTo(THETA);
        assertThat(read.moments("policy")).isEqualTo(MOMENTS);
        assertThat(read.word("memory")).contains("{}");
        assertThatThrownBy(() -> read.parameters("critic.qed"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Cannot find critic.qed.parameters in state: it holds [policy.parameters,");
    }

    @Test
    void whatMayBeMissingIsNotMissed() throws IOException {
        StateFile kept = new StateFile().with("critic.qed", BlockVector.of(10));
        StateFile read = new StateFile.Wanted()
                .parameters("critic.qed", 1)
                .momentsIfAny("policy", 3)
                .read(written(kept), "state");
        assertThat(read.hasMoments("policy")).isFalse();
        assertThat(read.parameters("critic.qed").at(0)).isEqualTo(10);
    }

    @Test
    void anEmptyStateCanBeWrittenAndRead() throws IOException {
        assertThat(new StateFile.Wanted()
                        .read(written(new StateFile()), "state")
                        .word("memory"))
                .isEmpty();
    }

    @Test
    void whatIsMissingOrOfAnotherSizeIsNamed() throws IOException {
        InputStream without = written(new StateFile().with("policy", THETA));
        assertThatThrownBy(() -> new StateFile.Wanted().moments("policy", 3).read(without, "runs/a/state"))
                .isInstanceOf(MalformedModelException.class)
                .hasMessage("Cannot read runs/a/state: tensor policy.first-moment is missing");
        InputStream other = written(new StateFile().with("policy", THETA));
        assertThatThrownBy(() -> new StateFile.Wanted().parameters("policy", 4).read(other, "runs/a/state"))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageContaining("tensor policy.parameters is F32[3]")
                .hasMessageContaining("of [4]");
    }

    @Test
    void momentsSayHowManyStepsTheyAreOf() throws IOException {
        StateFile read = new StateFile.Wanted()
                .vector("policy.first-moment", 3)
                .vector("policy.second-moment", 3)
                .read(
                        written(new StateFile()
                                .vector("policy.first-moment", THETA)
                                .vector("policy.second-moment", THETA)),
                        "state");
        assertThatThrownBy(() -> read.moments("policy"))
                .isInstanceOf(MalformedModelException.class)
                .hasMessage("Cannot read state: it does not say the steps of policy (null)");
    }
}
