package io.solera.jobs;

import io.solera.checkpoint.AdapterFolder;
import io.solera.checkpoint.Folder;
import io.solera.checkpoint.Policy;
import io.solera.config.AdapterSettings;
import io.solera.reward.catalogue.Permission;
import io.solera.reward.catalogue.Resources;
import io.solera.reward.sql.HadoopResources;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** Models and tables by the names that users give them, as everywhere, and the reference of a run. */
final class Models implements Resources {
    /** The policy that ships with Solera. */
    static final String PRIOR = HadoopResources.PRIOR;

    private final HadoopResources files;
    private final @Nullable Policy reference;
    private final Set<String> named = new TreeSet<>();

    Models(Configuration configuration) {
        this(configuration, null, Set.of());
    }

    /** @param reference what rewards mean by {@code reference}; null: the prior */
    Models(Configuration configuration, @Nullable Policy reference, Set<Permission> allowed) {
        this.files = new HadoopResources(configuration, allowed);
        this.reference = reference;
    }

    @Override
    public Folder folder(String name) throws IOException {
        named.add(name);
        return files.folder(name);
    }

    @Override
    public Policy policy(String name) throws IOException {
        named.add(name);
        return reference != null && name.equals(HadoopResources.REFERENCE) ? reference : files.policy(name);
    }

    /** The files and folders that were asked for so far: no output may lie where one of them is. */
    Set<String> inputs() {
        Set<String> inputs = new TreeSet<>(named);
        inputs.removeAll(Set.of(HadoopResources.PRIOR, HadoopResources.REFERENCE));
        return inputs;
    }

    /** The name of the model that an adapter belongs to. */
    String base(String adapter) throws IOException {
        return files.base(adapter);
    }

    /**
     * A policy that is trained through adapters, where {@code lora} says how.
     *
     * @throws IllegalArgumentException where it is an adapter itself, or lacks a target
     */
    Policy trained(String name, @Nullable AdapterSettings lora) throws IOException {
        if (lora == null) {
            return policy(name);
        }
        if (AdapterFolder.is(folder(name))) {
            throw new IllegalArgumentException(
                    "Cannot train adapters on %s: it is an adapter itself (make a model of it with solera blend --merge)"
                            .formatted(name));
        }
        Policy policy = policy(name);
        return policy.with(lora.of(policy.config()));
    }

    @Override
    public InputStream open(String path) throws IOException {
        named.add(path);
        return files.open(path);
    }

    @Override
    public boolean allows(Permission permission) {
        return files.allows(permission);
    }
}
