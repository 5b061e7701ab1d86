package io.solera.reward.sql;

import io.solera.checkpoint.AdapterFolder;
import io.solera.checkpoint.AdapterMerge;
import io.solera.checkpoint.ModelFolder;
import io.solera.checkpoint.Policy;
import io.solera.checkpoint.file.ClasspathFolder;
import io.solera.checkpoint.file.Folder;
import io.solera.checkpoint.file.LocalFile;
import io.solera.checkpoint.file.MalformedModelException;
import io.solera.reward.catalogue.Locations;
import io.solera.reward.catalogue.Permission;
import io.solera.reward.catalogue.Resources;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Resolves the names of models and tables: {@link #SHIPPED one that ships with Solera}, or a path on any Hadoop file
 * system.
 */
public final class HadoopResources implements Resources {
    /** The policy of molecules that ships with Solera. */
    public static final String PRIOR = "prior";

    /** All policies that ship with Solera: of molecules, and of peptides. */
    public static final List<String> SHIPPED = List.of(PRIOR, "prior-peptides");

    /** The name by which rewards refer to the policy that a run started from. */
    public static final String REFERENCE = "reference";

    private final Configuration configuration;
    private final Set<Permission> allowed;

    public HadoopResources(Configuration configuration, Set<Permission> allowed) {
        this.configuration = configuration;
        this.allowed = Set.copyOf(allowed);
    }

    @Override
    public Folder folder(String name) throws IOException {
        if (SHIPPED.contains(name)) {
            return new ClasspathFolder("io/solera/" + name);
        }
        FileSystem files = files(name);
        return new HadoopModelFolder(files, files.makeQualified(path(name)));
    }

    /** Outside a run, {@code reference} is the prior. An adapter is merged into the model that it names. */
    @Override
    public Policy policy(String name) throws IOException {
        Folder folder = folder(name.equals(REFERENCE) ? PRIOR : name);
        if (!AdapterFolder.is(folder)) {
            return ModelFolder.read(folder);
        }
        Policy policy = ModelFolder.read(folder(base(name)));
        AdapterFolder.Adapter adapter = AdapterFolder.read(folder, policy.config());
        return policy.with(
                AdapterMerge.of(policy.config(), policy.parameters().whole(), adapter.lora(), adapter.factors()));
    }

    /**
     * The name of the model that the adapter {@code name} belongs to. A relative path is resolved against the working
     * directory, as PEFT does, and then against the adapter's folder. The path is untrusted: it is only read where
     * {@link AdapterBases} allows it.
     *
     * @throws MalformedModelException naming the searched folders, if none of them has the model
     */
    public String base(String name) throws IOException {
        String base = AdapterFolder.base(folder(name));
        List<String> places = new ArrayList<>();
        List<String> tried = new ArrayList<>();
        if (!base.isEmpty()) {
            try {
                places.add(base);
                if (!SHIPPED.contains(base) && !new Path(base).isAbsolute()) {
                    places.add(folder(new Path(name, base).toString()).location());
                }
                AdapterBases allowed = AdapterBases.of(folder(name).location(), configuration);
                for (String place : places) {
                    boolean ours = SHIPPED.contains(place);
                    tried.add(ours ? place : folder(place).location());
                    if (!ours && !allowed.hold(folder(place).location())) {
                        continue;
                    }
                    Folder model = folder(place);
                    if (ModelFolder.is(model) && !AdapterFolder.is(model)) {
                        return place;
                    }
                }
                if (tried.stream().noneMatch(allowed::hold)) {
                    throw new MalformedModelException(
                            ("Cannot read adapter %s: base_model_name_or_path leads out of its folder, to %s (must be "
                                            + "in %s; %s)")
                                    .formatted(
                                            folder(name).location(),
                                            String.join(" or ", tried),
                                            allowed,
                                            AdapterBases.WAY_OUT));
                }
            } catch (IllegalArgumentException e) { // not a path for Hadoop
                throw new MalformedModelException("Cannot read adapter %s: base_model_name_or_path is not a path (%s)"
                        .formatted(folder(name).location(), e.getMessage()));
            }
        }
        throw new MalformedModelException(
                "Cannot read adapter %s: base_model_name_or_path is %s (must be a model folder, or prior%s)"
                        .formatted(
                                folder(name).location(),
                                base.isEmpty() ? "missing" : base,
                                tried.isEmpty() ? "" : "; there is no model in " + String.join(" nor in ", tried)));
    }

    @Override
    public InputStream open(String path) throws IOException {
        FileSystem files = files(path);
        Path file = files.makeQualified(path(path));
        if ("file".equals(file.toUri().getScheme())) {
            LocalFile.requireRegular(java.nio.file.Path.of(file.toUri().getPath()));
        }
        return files.open(file);
    }

    @Override
    public boolean allows(Permission permission) {
        return allowed.contains(permission);
    }

    private static Path path(String name) {
        return Locations.isUri(name) ? new Path(name) : new Path(null, null, name);
    }

    /** A local disk without Hadoop's checksum files. */
    private FileSystem files(String path) throws IOException {
        Locations.require(path, SqlPermissions.schemes());
        FileSystem files = path(path).getFileSystem(configuration);
        return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
    }
}
