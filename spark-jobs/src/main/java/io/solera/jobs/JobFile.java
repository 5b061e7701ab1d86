package io.solera.jobs;

import io.solera.table.TablePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A job as a user wrote it; its name is that of the file. */
record JobFile(String name, String yaml) {
    /** @param config on any Hadoop file system */
    static JobFile read(String config) throws IOException {
        Path file = TablePath.of(config);
        try (InputStream in = open(file)) {
            String yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new JobFile(file.getName().replaceFirst("\\.ya?ml$", ""), yaml);
        }
    }

    /** Hadoop's file systems take a second to load, and a file on this machine needs none of them. */
    private static InputStream open(Path file) throws IOException {
        boolean local = "file".equals(file.toUri().getScheme())
                || (file.toUri().getScheme() == null && ClassLoader.getSystemResource("core-site.xml") == null);
        java.nio.file.Path path = java.nio.file.Path.of(file.toUri().getPath());
        if (local && Files.isRegularFile(path)) {
            return Files.newInputStream(path);
        }
        return file.getFileSystem(new Configuration()).open(file);
    }
}
