package io.solera.jobs.input;

import com.google.gson.JsonPrimitive;
import io.solera.checkpoint.AdapterFolder;
import io.solera.checkpoint.LoraAdapters;
import io.solera.checkpoint.ModelFolder;
import io.solera.checkpoint.NetworkConfig;
import io.solera.checkpoint.Policy;
import io.solera.checkpoint.Trainable;
import io.solera.checkpoint.file.Folder;
import io.solera.problem.RequestException;
import io.solera.reward.catalogue.Permission;
import io.solera.reward.catalogue.Resources;
import io.solera.reward.sql.HadoopModelFolder;
import io.solera.reward.sql.HadoopResources;
import io.solera.store.WorkFolder;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** Resolves models and tables by their user-given names, and the reference of a run. */
public final class Models implements Resources {
    /** The policy of molecules that ships with Solera. */
    public static final String PRIOR = HadoopResources.PRIOR;

    private static final Pattern OF_ROUND = Pattern.compile("(.+)@(best|last|\\d{1,9})");

    private final Configuration configuration;
    private final HadoopResources files;
    private final @Nullable Policy reference;
    private final Set<String> named = new TreeSet<>();

    public Models(Configuration configuration) {
        this(configuration, null, Set.of());
    }

    /** @param reference what rewards mean by {@code reference}; null: the prior */
    public Models(Configuration configuration, @Nullable Policy reference, Set<Permission> allowed) {
        this.configuration = configuration;
        this.files = new HadoopResources(configuration, allowed);
        this.reference = reference;
    }

    /**
     * The name of a model with the round that an option {@code --round} asks for.
     *
     * @param round best, last or a number; null: none is asked for
     */
    public String name(String name, @Nullable String round) throws IOException {
        if (round == null) {
            return name;
        }
        if (!round.matches("best|last|\\d{1,9}")) {
            throw new RequestException(
                    "Invalid --round: %s (must be best, last or the number of a round)".formatted(round));
        }
        if (!isRun(name)) {
            throw new RequestException(
                    "Invalid --round: %s (must be absent: %s is not a run folder)".formatted(round, name));
        }
        return name + "@" + round;
    }

    /**
     * The model folder that a name means. A run folder means the policy of its best round, {@code RUN@last} and
     * {@code RUN@7} those of other rounds; everything else is a model folder already.
     *
     * @throws IllegalArgumentException where the run has no such policy, with those that it has
     */
    public String resolved(String name) throws IOException {
        Matcher ofRound = OF_ROUND.matcher(name);
        if (isRun(name)) {
            return RunPolicy.of(name, "best", configuration);
        }
        return ofRound.matches() && isRun(ofRound.group(1))
                ? RunPolicy.of(ofRound.group(1), ofRound.group(2), configuration)
                : name;
    }

    /** Overrides of a job that name the policy that its {@code model} means now. */
    public List<String> pinned(List<String> overrides, String model) throws IOException {
        String resolved = resolved(model);
        List<String> all = new ArrayList<>(overrides);
        if (!resolved.equals(model)) {
            all.add("model=" + new JsonPrimitive(resolved));
        }
        return all;
    }

    private boolean isRun(String name) throws IOException {
        if (HadoopResources.SHIPPED.contains(name) || name.equals(HadoopResources.REFERENCE)) {
            return false;
        }
        Folder folder = files.folder(name);
        return folder.exists(RunPolicy.JOB) && !ModelFolder.is(folder) && !AdapterFolder.is(folder);
    }

    @Override
    public Folder folder(String name) throws IOException {
        return files.folder(noted(name));
    }

    @Override
    public Policy policy(String name) throws IOException {
        return reference != null && name.equals(HadoopResources.REFERENCE) ? reference : files.policy(noted(name));
    }

    private String noted(String name) throws IOException {
        String resolved = resolved(name);
        named.add(resolved);
        return resolved;
    }

    /** The files and folders that were asked for so far: no output may lie where one of them is. */
    public Set<String> inputs() {
        Set<String> inputs = new TreeSet<>(named);
        HadoopResources.SHIPPED.forEach(inputs::remove);
        inputs.remove(HadoopResources.REFERENCE);
        return inputs;
    }

    /** The name of the model that an adapter belongs to. */
    public String base(String adapter) throws IOException {
        return files.base(resolved(adapter));
    }

    /**
     * A policy to train. One that the driver should not hold stays in its folder, where tasks read it.
     *
     * @param trainable what of it, given its network
     * @param mebibytes that the driver holds of it at most
     * @throws RequestException where it is an adapter itself, or lacks a target
     */
    public Policy trained(String name, Function<NetworkConfig, Trainable> trainable, int mebibytes) throws IOException {
        return trained(name, trainable, policy(name, (long) mebibytes << 20));
    }

    /** The same in memory, however large. */
    public Policy trained(String name, Function<NetworkConfig, Trainable> trainable) throws IOException {
        return trained(name, trainable, policy(name));
    }

    private Policy trained(String name, Function<NetworkConfig, Trainable> trainable, Policy policy)
            throws IOException {
        Policy trained = policy.with(trainable.apply(policy.config()));
        if (trained.trainable() instanceof LoraAdapters && AdapterFolder.is(folder(name))) {
            throw new RequestException(
                    ("Cannot train adapters on %s: it is an adapter itself (make a model of it with solera blend "
                                    + "--merge)")
                            .formatted(name));
        }
        return trained;
    }

    private Policy policy(String name, long most) throws IOException {
        if (folder(name) instanceof HadoopModelFolder folder
                && ModelFolder.is(folder)
                && !AdapterFolder.is(folder)
                && ModelFolder.config(folder).layout().size() * Float.BYTES > most) {
            return ModelFolder.stored(folder, WorkFolder.of(folder.path().toString(), configuration));
        }
        return policy(name);
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
