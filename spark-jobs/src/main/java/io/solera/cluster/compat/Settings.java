package io.solera.cluster.compat;

import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkConf;
import scala.Tuple2;

/** The settings of an application as Java has them. */
public final class Settings {
    private Settings() {}

    /** All that are set, by key. */
    public static Map<String, String> of(SparkConf conf) {
        Map<String, String> settings = new TreeMap<>();
        for (Tuple2<String, String> setting : conf.getAll()) {
            settings.put(setting._1(), setting._2());
        }
        return settings;
    }
}
