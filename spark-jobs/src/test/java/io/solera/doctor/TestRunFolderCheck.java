package io.solera.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.store.LocalTwin;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.util.Progressable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestRunFolderCheck {
    @TempDir
    private Path folder;

    private static Configuration configuration() {
        Configuration configuration = LocalTwin.configuration();
        set(configuration, "obs", ReadOnly.class);
        set(configuration, "gs", Careless.class);
        return configuration;
    }

    /** Not cached, as Hadoop's cache is by scheme, and other tests have another file system of this one. */
    private static void set(Configuration configuration, String scheme, Class<?> files) {
        configuration.set("fs.%s.impl".formatted(scheme), files.getName());
        configuration.setBoolean("fs.%s.impl.disable.cache".formatted(scheme), true);
    }

    /** A disk on which this user may read. */
    public static final class ReadOnly extends RawLocalFileSystem {
        @Override
        public URI getUri() {
            return URI.create("obs:///");
        }

        @Override
        public boolean supportsSymlinks() {
            return false;
        }

        @Override
        public FSDataOutputStream create(
                org.apache.hadoop.fs.Path path,
                boolean overwrite,
                int buffer,
                short replication,
                long block,
                Progressable progress)
                throws IOException {
            throw new AccessControlException("Permission denied: user=ada, access=WRITE, inode=\"/runs\"");
        }
    }

    /** A store that says of every file that it created it. */
    public static final class Careless extends RawLocalFileSystem {
        @Override
        public URI getUri() {
            return URI.create("gs:///");
        }

        @Override
        public boolean supportsSymlinks() {
            return false;
        }

        @Override
        public boolean exists(org.apache.hadoop.fs.Path path) throws IOException {
            return !path.getName().equals(RunFolderCheck.ONCE) && super.exists(path);
        }

        @Override
        public FSDataOutputStream create(
                org.apache.hadoop.fs.Path path,
                boolean overwrite,
                int buffer,
                short replication,
                long block,
                Progressable progress)
                throws IOException {
            return super.create(path, true, buffer, replication, block, progress);
        }
    }

    private List<String> left() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.skip(1)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void everyKindOfFileSystemIsTriedAndLeftAsItWas() throws IOException {
        Files.writeString(folder.resolve("keep"), "mine");
        for (String scheme : List.of("file", "o3fs", "s3a")) {
            RunFolderCheck check = RunFolderCheck.of(scheme + "://" + folder.resolve("runs/one"), configuration());
            assertThat(check.files())
                    .isEqualTo(Outcome.ok("%s://%s: written, listed, read and replaced"
                            .formatted(scheme, folder.resolve("runs/one"))));
            Outcome once = check.publication();
            assertThat(once.text())
                    .isEqualTo(
                            switch (scheme) {
                                case "file" -> "one of 8 writers at once, by a hard link";
                                case "o3fs" -> "one of 8 writers at once, by renaming";
                                default -> once.text();
                            });
            assertThat(once.status()).isEqualTo(scheme.equals("s3a") ? Status.WARNING : Status.OK);
            assertThat(check.scratch().join("executor 1").status()).isEqualTo(Status.OK);
            assertThat(check.scratch().join("executor 2").status()).isEqualTo(Status.OK);
            assertThat(check.race(List.of("executor 1", "executor 2"))).isEqualTo(Outcome.ok("one of 2 processes"));
            assertThat(check.removed()).isNull();
            // in a store folders are parts of names, and on this twin of one they stay
            assertThat(left()).isEqualTo(scheme.equals("s3a") ? List.of("keep", "one", "runs") : List.of("keep"));
        }
    }

    @Test
    void aReadOnlyFolderIsRefusedWithTheReasonAndTheWayOut() throws IOException {
        try (RunFolderCheck check = RunFolderCheck.of("obs://" + folder, configuration())) {
            Outcome outcome = check.files();
            assertThat(outcome.status()).isEqualTo(Status.FAILED);
            assertThat(outcome.words())
                    .startsWith("obs://" + folder + ": ")
                    .contains("Permission denied: user=ada, access=WRITE");
            assertThat(outcome.wayOut()).startsWith("give this user the rights to create, list, rename and delete");
        }
        assertThat(left()).isEmpty();
    }

    @Test
    void aFolderBelowAFileIsRefused() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        try (RunFolderCheck check = RunFolderCheck.of(file.resolve("run").toString(), configuration())) {
            assertThat(check.files())
                    .isEqualTo(Outcome.failed(
                            "%s/run: %s is a file".formatted(file, file.toRealPath()),
                            "name another folder with --run-dir"));
        }
    }

    @Test
    void aStoreOnWhichTwoDriversWinIsFound() throws IOException {
        try (RunFolderCheck check = RunFolderCheck.of("gs://" + folder, configuration())) {
            assertThat(check.files().status()).isEqualTo(Status.OK);
            assertThat(check.publication().words())
                    .isEqualTo("8 of 8 writers at once were told that they created a file");
        }
        assertThat(left()).isEmpty();
    }

    @Test
    void aProcessOnAnotherDiskIsFound() throws IOException {
        try (RunFolderCheck check = RunFolderCheck.of(folder.toString(), configuration())) {
            Outcome outcome = check.scratch().join("executor 1"); // before the driver has written
            assertThat(outcome.status()).isEqualTo(Status.FAILED);
            assertThat(outcome.words()).startsWith("this process does not see what the driver writes to ");
            assertThat(outcome.wayOut()).startsWith("must be on storage that all machines share");
        }
    }
}
