package io.solera.reward.sql;

import io.solera.reward.sql.compat.Plans;
import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * The entries of the driver's Hadoop configuration that are not Hadoop's own defaults: small enough to be serialised
 * with a query or a task. Those of files such as {@code core-site.xml} are among them, since an executor's class path
 * may have other files, or none.
 */
public record HadoopSettings(Map<String, String> changed) implements Serializable {
    /** The files with Hadoop's own defaults, which every machine has. */
    private static final String DEFAULTS = "-default.xml";

    public HadoopSettings {
        changed = Collections.unmodifiableMap(new TreeMap<>(changed));
    }

    static HadoopSettings of(SparkSession session) {
        return of(Plans.hadoopConfiguration(session));
    }

    public static HadoopSettings of(Configuration configuration) {
        Map<String, String> changed = new TreeMap<>();
        for (Map.Entry<String, String> entry : configuration) {
            String[] sources = configuration.getPropertySources(entry.getKey());
            boolean byDefault = sources != null && sources.length > 0 && sources[sources.length - 1].endsWith(DEFAULTS);
            if (!byDefault && !entry.getKey().startsWith("spark.")) {
                changed.put(entry.getKey(), entry.getValue());
            }
        }
        return new HadoopSettings(changed);
    }

    public Configuration configuration() {
        Configuration configuration = new Configuration();
        changed.forEach(configuration::set);
        return configuration;
    }

    @Override
    public String toString() {
        return "HadoopSettings" + changed.keySet();
    }
}
