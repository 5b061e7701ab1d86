package io.solera.reward.sql;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;

/**
 * The folders where the base model named by an adapter may be: the working directory; next to the adapter, or next to
 * the run that it is the policy of; and folders listed by the user. Links are resolved before paths are compared.
 */
final class AdapterBases {
    /** A comma-separated list of folders, in the Hadoop settings or the environment. */
    static final String SETTING = "solera.models";

    static final String VARIABLE = "SOLERA_MODELS";
    static final String WAY_OUT =
            "list its folder in the environment variable %s or in spark.hadoop.%s, or copy it next to the adapter"
                    .formatted(VARIABLE, SETTING);

    /** The policy of a round in a run. */
    private static final Pattern IN_RUN = Pattern.compile("(.*)/rounds/\\d+/[^/]+/policy");

    private final List<String> folders = new ArrayList<>();

    private AdapterBases() {}

    /** @param adapter the location of its folder */
    static AdapterBases of(String adapter, Configuration configuration) throws IOException {
        AdapterBases bases = new AdapterBases();
        Path working = Path.of("").toAbsolutePath();
        if (working.getParent() != null) { // a container's root contains everything
            bases.folders.add(real(working.toString()));
        }
        Matcher run = IN_RUN.matcher(adapter);
        bases.folders.add(parent(real(adapter)));
        if (run.matches()) {
            bases.folders.add(parent(real(run.group(1))));
        }
        String listed = System.getenv(VARIABLE);
        for (String folder : (configuration.get(SETTING, "") + "," + (listed == null ? "" : listed)).split(",", -1)) {
            if (!folder.isBlank()) {
                bases.folders.add(real(folder.strip()));
            }
        }
        return bases;
    }

    /** Whether a folder is in one of them. */
    boolean hold(String location) {
        String real;
        try {
            real = real(location);
        } catch (IOException e) {
            return false;
        }
        return folders.stream().anyMatch(folder -> real.startsWith(folder.endsWith("/") ? folder : folder + "/"));
    }

    /** On a local disk, the path with links and dots resolved as far as it exists; elsewhere with dots resolved. */
    private static String real(String location) throws IOException {
        if (!location.startsWith("/")) {
            return new org.apache.hadoop.fs.Path(location).toString();
        }
        Path path = Path.of(location).normalize();
        for (Path known = path; known != null; known = known.getParent()) {
            if (known.toFile().exists()) {
                return known.toRealPath()
                        .resolve(known.relativize(path))
                        .normalize()
                        .toString();
            }
        }
        return path.toString();
    }

    private static String parent(String location) {
        int slash = location.lastIndexOf('/');
        // the root of a disk or a bucket contains everything
        return slash <= 0 || location.endsWith("://" + location.substring(slash + 1))
                ? location
                : location.substring(0, slash);
    }

    @Override
    public String toString() {
        return String.join(", ", folders);
    }
}
