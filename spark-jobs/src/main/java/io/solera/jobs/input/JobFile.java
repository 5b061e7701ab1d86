package io.solera.jobs.input;

import io.solera.cluster.HadoopConfigurations;
import io.solera.config.yaml.ConfigException;
import io.solera.config.yaml.ConfigReader;
import io.solera.store.storage.StoragePath;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import org.apache.hadoop.fs.Path;

/** A job as written by a user; its name is that of the file. */
public record JobFile(String name, String yaml) {
    private static final int MAX_BYTES = 1 << 20;

    /**
     * @param config on any Hadoop file system
     * @throws ConfigException naming the file, when it is not YAML or longer than 1 MiB; what its keys say is read
     *     later
     */
    public static JobFile read(String config) throws IOException {
        Path file = StoragePath.of(config);
        byte[] bytes;
        try (InputStream in = open(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (FileNotFoundException | NoSuchFileException e) {
            throw new FileNotFoundException("Cannot read job %s: no such file".formatted(config));
        } catch (IOException e) {
            throw new IOException("Cannot read job %s: %s".formatted(config, e.getMessage()), e);
        }
        if (bytes.length > MAX_BYTES) {
            throw new ConfigException("Cannot read job %s: it is longer than %d bytes".formatted(config, MAX_BYTES));
        }
        String yaml = new String(bytes, StandardCharsets.UTF_8);
        ConfigReader.requireYaml(yaml, config);
        return new JobFile(file.getName().replaceFirst("\\.ya?ml$", ""), yaml);
    }

    /** Hadoop's file systems take a second to load, and a file on this machine needs none of them. */
    private static InputStream open(Path file) throws IOException {
        boolean local = "file".equals(file.toUri().getScheme())
                || (file.toUri().getScheme() == null && ClassLoader.getSystemResource("core-site.xml") == null);
        java.nio.file.Path path = java.nio.file.Path.of(file.toUri().getPath());
        if (local && Files.isDirectory(path)) {
            throw new ConfigException("Cannot read job %s: it is a folder (must be a YAML file)".formatted(path));
        }
        if (local && Files.isRegularFile(path)) {
            return Files.newInputStream(path);
        }
        return file.getFileSystem(HadoopConfigurations.ofSpark()).open(file);
    }
}
