package io.solera.train.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.checkpoint.ModelFolder;
import io.solera.checkpoint.StoredVector;
import io.solera.checkpoint.file.LocalFolder;
import io.solera.rl.AdamW;
import io.solera.rl.BlockVector;
import io.solera.rl.Blocks;
import io.solera.store.WorkFolder;
import io.solera.train.TinyRun;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestStoredVector {
    @TempDir
    private Path folder;

    private static BlockVector vector(int size) {
        float[] values = new float[size];
        for (int k = 0; k < size; k++) {
            values[k] = k / 7f;
        }
        return BlockVector.of(values);
    }

    private WorkFolder written(BlockVector theta) throws IOException {
        WorkFolder work = WorkFolder.of(folder.toUri().toString(), new Configuration());
        LearnerState state = new LearnerState(theta, AdamW.State.fresh(theta.size()), Map.of(), LearnerMemory.EMPTY);
        work.writeOnce("qed/3", out -> state.write(out, true));
        return work;
    }

    private static StoredVector stored(WorkFolder work, long size) throws IOException {
        try (InputStream in = work.open("qed/3")) {
            return StoredVector.of(work, "qed/3", in, StateFile.THETA, size);
        }
    }

    @Test
    void hasTheBlocksOfWhatALearnerTrains() throws IOException {
        for (int size : new int[] {5, BlockVector.BLOCK_SIZE, 2 * BlockVector.BLOCK_SIZE + 3}) {
            BlockVector theta = vector(size);
            StoredVector stored = stored(written(theta), size);
            assertThat(stored.blocks()).isEqualTo(theta.blocks());
            for (int b = 0; b < theta.blocks(); b++) {
                assertThat(stored.block(b)).isEqualTo(theta.block(b));
            }
            assertThat(stored.whole()).isEqualTo(theta);
            Files.delete(folder.resolve("qed/3"));
        }
    }

    @Test
    void aFileThatIsCutIsNamed() throws IOException {
        StoredVector stored = stored(written(vector(5)), 5);
        Files.write(folder.resolve("qed/3"), new byte[10]);
        assertThatThrownBy(() -> stored.block(0))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("Cannot read qed/3: ");
    }

    @Test
    void aModelThatChangesWhileItIsReadIsFound() throws IOException {
        Path model = Files.createDirectory(folder.resolve("model"));
        ModelFolder.write(new LocalFolder(model), TinyRun.policy());
        Blocks stored = ModelFolder.stored(
                        new LocalFolder(model), WorkFolder.of(model.toUri().toString(), new Configuration()))
                .parameters();
        assertThat(stored.whole()).isEqualTo(TinyRun.policy().parameters());
        Path weights = model.resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 1] ^= 1;
        Files.write(weights, bytes);
        assertThatThrownBy(() -> stored.block(0))
                .hasRootCauseMessage(
                        "Cannot read %s: it was changed since the run began (put the model back, and resume)"
                                .formatted(model));
    }
}
