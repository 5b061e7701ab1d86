package io.solera.jobs;

import io.solera.checkpoint.ClasspathFolder;
import io.solera.checkpoint.Folder;
import io.solera.checkpoint.ModelFolder;
import io.solera.checkpoint.Policy;
import io.solera.reward.catalogue.Resources;
import io.solera.store.HadoopFolder;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** Models and tables by the names that users give them: {@code prior}, or a path on any Hadoop file system. */
final class Models implements Resources {
    /** The policy that ships with Solera. */
    static final String PRIOR = "prior";

    private static final String REFERENCE = "reference";

    private final Configuration configuration;
    private final @Nullable Policy reference;

    /** @param reference what rewards mean by {@code reference}; null: the prior */
    Models(Configuration configuration, @Nullable Policy reference) {
        this.configuration = configuration;
        this.reference = reference;
    }

    @Override
    public Folder folder(String name) throws IOException {
        return name.equals(PRIOR) ? new ClasspathFolder("io/solera/prior") : HadoopFolder.of(name, configuration);
    }

    @Override
    public Policy policy(String name) throws IOException {
        if (!name.equals(REFERENCE)) {
            return ModelFolder.read(folder(name));
        }
        return reference == null ? policy(PRIOR) : reference;
    }

    @Override
    public InputStream open(String path) throws IOException {
        Path file = new Path(path);
        return file.getFileSystem(configuration).open(file);
    }
}
