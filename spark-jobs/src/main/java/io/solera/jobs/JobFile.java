package io.solera.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A job as a user wrote it; its name is that of the file. */
record JobFile(String name, String yaml) {
    /** @param config on any Hadoop file system */
    static JobFile read(String config) throws IOException {
        Path file = new Path(config);
        try (InputStream in = file.getFileSystem(new Configuration()).open(file)) {
            String yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new JobFile(file.getName().replaceFirst("\\.ya?ml$", ""), yaml);
        }
    }
}
