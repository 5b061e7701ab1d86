package io.solera.reward.sql.compat;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.command.CreateDataSourceTableAsSelectCommand;
import org.apache.spark.sql.execution.command.CreateDataSourceTableCommand;
import org.apache.spark.sql.execution.command.SetCommand;
import org.apache.spark.sql.execution.datasources.CreateTempViewUsing;
import org.apache.spark.sql.internal.SQLConf;
import org.jspecify.annotations.Nullable;

/** The content of some plan nodes, which Spark stores in Scala types. */
public final class PlanNodes {
    private PlanNodes() {}

    /**
     * A data source named in a query.
     *
     * @param options keys in lower case
     */
    public record Source(String provider, Map<String, String> options) {}

    /** The key set by {@code SET}; empty for other nodes. */
    public static Optional<String> setKey(LogicalPlan node) {
        return node instanceof SetCommand set && set.kv().isDefined()
                ? Optional.of(set.kv().get()._1())
                : Optional.empty();
    }

    public static Optional<Source> source(LogicalPlan node) {
        if (node instanceof CreateTempViewUsing view) {
            return Optional.of(new Source(view.provider(), options(view.options())));
        } else if (node instanceof CreateDataSourceTableCommand table) {
            return source(table.table());
        } else if (node instanceof CreateDataSourceTableAsSelectCommand table) {
            return source(table.table());
        }
        return Optional.empty();
    }

    /** The path of {@code FROM text.`path`}, before Spark resolves it. */
    public static Optional<String> path(LogicalPlan node) {
        return node instanceof UnresolvedRelation relation
                        && relation.multipartIdentifier().size() == 2
                ? Optional.of(relation.multipartIdentifier().apply(1))
                : Optional.empty();
    }

    /** The session's value of a variable in a text; null if unset, or if variables are not replaced. */
    public static @Nullable String variable(String key) {
        SQLConf conf = SQLConf.get();
        return conf.contains(key) ? conf.getConfString(key) : null;
    }

    public static boolean replacesVariables() {
        return SQLConf.get().variableSubstituteEnabled();
    }

    private static Optional<Source> source(CatalogTable table) {
        return table.provider().isDefined()
                ? Optional.of(new Source(
                        table.provider().get(), options(table.storage().properties())))
                : Optional.empty();
    }

    private static Map<String, String> options(scala.collection.Map<String, String> values) {
        Map<String, String> options = new TreeMap<>();
        scala.collection.Iterator<scala.Tuple2<String, String>> entries = values.iterator();
        while (entries.hasNext()) {
            scala.Tuple2<String, String> entry = entries.next();
            options.put(entry._1().toLowerCase(Locale.ROOT), entry._2());
        }
        return options;
    }
}
