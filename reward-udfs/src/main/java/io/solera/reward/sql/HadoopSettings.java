package io.solera.reward.sql;

import io.solera.reward.sql.compat.Plans;
import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * The entries of a session's Hadoop configuration that differ from the files on the class path: small enough to be
 * serialised with a query.
 */
record HadoopSettings(Map<String, String> changed) implements Serializable {
    private static final Configuration DEFAULTS = new Configuration();

    HadoopSettings {
        changed = Collections.unmodifiableMap(new TreeMap<>(changed));
    }

    static HadoopSettings of(SparkSession session) {
        Map<String, String> changed = new TreeMap<>();
        for (Map.Entry<String, String> entry : Plans.hadoopConfiguration(session)) {
            boolean ofSpark = entry.getKey().startsWith("spark.");
            if (!ofSpark && !Objects.equals(entry.getValue(), DEFAULTS.getRaw(entry.getKey()))) {
                changed.put(entry.getKey(), entry.getValue());
            }
        }
        return new HadoopSettings(changed);
    }

    Configuration configuration() {
        Configuration configuration = new Configuration();
        changed.forEach(configuration::set);
        return configuration;
    }

    @Override
    public String toString() {
        return "HadoopSettings" + changed.keySet();
    }
}
