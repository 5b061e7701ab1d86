package io.solera.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.lang.Sha256;
import io.solera.reward.sql.HadoopSettings;
import io.solera.store.storage.Content;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestWorkFolder {
    @TempDir
    private Path folder;

    @Test
    void keepsTheFirstWholeObject() throws IOException {
        WorkFolder work = WorkFolder.of(folder.resolve("work").toString(), new Configuration());
        assertThat(work.exists("qed/1")).isFalse();
        work.writeOnce("qed/1", Content.of("first"));
        work.writeOnce("qed/1", out -> {
            throw new IOException("The content of an object that is there is not asked for");
        });
        assertThat(work.exists("qed/1")).isTrue();
        assertThat(work.open("qed/1")).hasContent("first");
        assertThat(Runs.files(folder)).containsExactly("work/qed/1");
    }

    @Test
    void theFirstWriterKnowsTheHashOfWhatItWrote() throws IOException {
        WorkFolder work = WorkFolder.of(folder.toString(), new Configuration());
        assertThat(work.writeHashedOnce("rollouts.parquet", Content.of("rows")))
                .contains(new StoredFile("rollouts.parquet", 4, Sha256.of("rows")));
        assertThat(work.writeHashedOnce("rollouts.parquet", Content.of("other rows")))
                .isEmpty();
        assertThat(work.open("rollouts.parquet")).hasContent("rows");
    }

    @Test
    void anObjectThatFailsHalfWayIsNotThere() {
        WorkFolder work = WorkFolder.of(folder.toString(), new Configuration());
        assertThatThrownBy(() -> work.writeOnce("qed/1", out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("The task was killed");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("The task was killed");
        assertThatThrownBy(() -> work.open("qed/1"))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessage("Cannot open %s/qed/1: there is no such state".formatted(folder));
    }

    @Test
    void travelsToTasksWithItsSettings() throws Exception {
        Configuration configuration = LocalTwin.configuration();
        configuration.set("fs.s3a.secret.key", "hidden");
        WorkFolder work = WorkFolder.of("twin://" + folder, configuration);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(work);
        }
        assertThat(bytes.size()).isLessThan(2_000);
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            WorkFolder arrived = (WorkFolder) in.readObject();
            arrived.writeOnce("qed/1", Content.of("state"));
            assertThat(arrived).hasToString("WorkFolder[twin://%s]".formatted(folder));
        }
        assertThat(folder.resolve("qed/1")).hasContent("state");
    }

    /** An executor may have other files on its class path: what the driver's say travels, Hadoop's defaults do not. */
    @Test
    void whatTheDriverSetsTravelsThoughItIsWhatItsFilesSay() {
        Configuration configuration = new Configuration();
        configuration.set("io.file.buffer.size", String.valueOf(new Configuration().get("io.file.buffer.size")));
        String site = "<configuration><property><name>fs.s3a.endpoint</name><value>here</value></property>"
                + "</configuration>";
        configuration.addResource(new ByteArrayInputStream(site.getBytes(StandardCharsets.UTF_8)), "core-site.xml");
        assertThat(HadoopSettings.of(configuration).changed())
                .containsEntry("fs.s3a.endpoint", "here")
                .containsKey("io.file.buffer.size")
                .doesNotContainKey("io.seqfile.compress.blocksize")
                .hasSizeLessThan(5);
        assertThat(HadoopSettings.of(configuration).configuration().get("fs.s3a.endpoint"))
                .isEqualTo("here");
    }

    @Test
    void theCommitRemovesTheStates() throws IOException {
        try (RunFolder run = Runs.open(folder)) {
            RoundWriter writer = Runs.write(run, 0);
            writer.work().writeOnce("qed/1", Content.of("state"));
            assertThat(Runs.files(folder)).contains("rounds/00000/work/%s/qed/1".formatted(writer.attempt()));
            writer.commit(Runs.metrics(0));
            assertThat(Runs.files(folder)).noneMatch(name -> name.contains("/work/"));
        }
    }
}
