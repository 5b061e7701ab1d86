package io.solera.reward.sql;

import io.solera.reward.catalogue.Locations;
import io.solera.reward.catalogue.Permission;
import java.util.Set;
import org.apache.spark.SparkEnv;

/**
 * The permissions of queries: set at the start of Spark, never in a session, because queries often come from other
 * people.
 */
final class SqlPermissions {
    static final String KEY = "spark.solera.sql.allow";

    private SqlPermissions() {}

    static Set<Permission> granted() {
        return Permission.parse(SparkEnv.get().conf().get(KEY, ""));
    }

    /** Additional file schemes; none if Spark is not running. */
    static String schemes() {
        SparkEnv env = SparkEnv.get();
        return env == null ? "" : env.conf().get(Locations.KEY, "");
    }
}
