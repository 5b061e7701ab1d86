package io.solera.reward.sql;

import io.solera.lang.Nearest;
import io.solera.problem.RequestException;
import io.solera.reward.sql.compat.Plans;
import io.solera.reward.sql.compat.RefusedQueryException;
import io.solera.reward.sql.compat.Registry;
import io.solera.reward.sql.compat.RowExpression;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.ApplyFunctionExpression;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.expressions.ScalaUDF;
import org.apache.spark.sql.catalyst.expressions.Unevaluable;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Window;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * A number from the columns of one sample, as an expression of Spark SQL. It is analysed with Spark's own settings,
 * without ANSI mode and in UTC, whatever those of the session are, so it means the same on every cluster; it depends on
 * the sample alone, so a clock, a random number or a query inside it is refused.
 */
public final class SampleExpression implements Serializable {
    private static final String RULE = "must be an expression of Spark SQL that makes a number of one sample";
    /** Functions of the clock or the session, which Spark replaces once per query. */
    private static final Set<String> OF_THE_QUERY = Set.of(
            "CurrentTimestamp",
            "Now",
            "LocalTimestamp",
            "CurrentDate",
            "CurrentTime",
            "CurrentTimeZone",
            "CurrentDatabase",
            "CurrentCatalog",
            "CurrentUser",
            "SparkVersion");

    private final RowExpression expression;

    private SampleExpression(RowExpression expression) {
        this.expression = expression;
    }

    /**
     * The names of the columns that it reads, as it writes them.
     *
     * @throws RequestException with the rule, where it cannot be parsed
     */
    public static Set<String> columns(SparkSession session, String sql) {
        try {
            return RowExpression.columns(Plans.parsed(session, sql));
        } catch (Exception e) { // a checked exception of Scala, which Java does not see
            throw refused(e, "");
        }
    }

    /**
     * @param columns that it may read; their types are string, double, int, boolean or array of int
     * @throws RequestException with the rule that the expression breaks
     */
    public static SampleExpression of(SparkSession session, String sql, StructType columns) {
        Set<String> read = columns(session, sql);
        SparkSession fresh = RowExpression.withDefaults(session);
        fresh.conf().set("spark.sql.ansi.enabled", "false");
        fresh.conf().set("spark.sql.session.timeZone", "UTC");
        Dataset<Row> table = fresh.createDataFrame(
                JavaSparkContext.fromSparkContext(session.sparkContext()).<Row>emptyRDD(), columns);
        Dataset<Row> selected;
        try {
            selected = table.selectExpr(sql);
        } catch (Exception e) { // an AnalysisException, as above
            throw refused(e, unknown(read, columns));
        }
        check(Plans.plan(selected));
        StructField[] results = selected.schema().fields();
        if (results.length != 1) {
            throw refusal("it makes %d columns".formatted(results.length));
        }
        DataType type = results[0].dataType();
        if (!(type instanceof NumericType)) {
            throw refusal("it is of type %s; write CAST(... AS DOUBLE), or CASE WHEN ... THEN 1 ELSE 0 END"
                    .formatted(type.simpleString()));
        }
        LogicalPlan plan = Plans.optimized(selected);
        Registry.expressions(plan, SampleExpression::requireEvaluable);
        RowExpression expression = RowExpression.of(plan);
        if (expression == null) {
            throw refusal("it is more than a function of one row");
        }
        return new SampleExpression(expression);
    }

    /**
     * The value for a sample; null where it is NULL.
     *
     * @param cells in the order of the columns
     */
    public @Nullable Double of(@Nullable Object[] cells) {
        @Nullable Object[] internal = new Object[cells.length];
        for (int i = 0; i < cells.length; i++) {
            Object cell = cells[i];
            if (cell instanceof String text) {
                internal[i] = UTF8String.fromString(text);
            } else {
                internal[i] = cell instanceof int[] ids ? UnsafeArrayData.fromPrimitiveArray(ids) : cell;
            }
        }
        Object value = expression.of(new GenericInternalRow(internal));
        if (value == null) {
            return null;
        }
        return value instanceof Decimal decimal ? decimal.toDouble() : ((Number) value).doubleValue();
    }

    /** Refuses what is not a function of one row, by what Spark makes of it. */
    private static void check(LogicalPlan plan) {
        for (LogicalPlan node : RowExpression.nodes(plan)) {
            if (node instanceof Aggregate) {
                throw refusal("it has an aggregate function, whose value is that of many samples");
            } else if (node instanceof Window) {
                throw refusal("it has a window function, whose value is that of many samples");
            } else if (node instanceof Generate) {
                throw refusal("it has a function that makes rows, such as explode");
            }
        }
        Registry.expressions(plan, SampleExpression::check);
    }

    private static void check(Expression expression) {
        String name = (expression instanceof ScalaUDF function ? function.name() : expression.prettyName())
                .toLowerCase(Locale.ROOT);
        if (expression instanceof PlanExpression<?>) {
            throw refusal("it has a query in it");
        }
        String kind = expression.getClass().getSimpleName();
        if (OF_THE_QUERY.contains(kind)) {
            throw refusal("%s is not of the sample, and differs from run to run".formatted(name));
        }
        if (kind.contains("PythonUDF") || kind.startsWith("Hive")) {
            throw refusal("%s is a function of Python or Hive; register one of Java or Scala".formatted(name));
        }
        boolean ofSolera = expression instanceof RewardExpression
                || (expression instanceof ApplyFunctionExpression call && call.function() instanceof BoundReward);
        // networks among our functions are called nondeterministic so that Spark evaluates them once
        if (!ofSolera
                && !expression.deterministic()
                && Registry.arguments(expression).stream().allMatch(Expression::deterministic)) {
            throw refusal("%s is not deterministic".formatted(name));
        }
    }

    private static void requireEvaluable(Expression expression) {
        if (expression instanceof Unevaluable && !(expression instanceof Attribute)) {
            throw refusal("%s cannot be computed for one row".formatted(expression.prettyName()));
        }
    }

    /** A column that there is not, with the nearest that there is; empty: there are all. */
    private static String unknown(Set<String> read, StructType columns) {
        List<String> known = Arrays.asList(columns.fieldNames());
        for (String name : read) {
            if (known.stream().noneMatch(name::equalsIgnoreCase)) {
                return "there is no column %s%s; there are %s"
                        .formatted(
                                name,
                                Nearest.of(name.toLowerCase(Locale.ROOT), known)
                                        .map(" (did you mean %s?)"::formatted)
                                        .orElse(""),
                                String.join(", ", known));
            }
        }
        return "";
    }

    /** What Spark refused; a reason of ours says more about a column than Spark's. */
    private static RequestException refused(Exception problem, String unknown) {
        if (problem instanceof RefusedQueryException ours) {
            return refusal(String.valueOf(ours.problem().getMessage()));
        } else if (problem instanceof AnalysisException ofSpark) {
            String message = ofSpark.getSimpleMessage();
            boolean aboutColumn = message.startsWith("[UNRESOLVED_COLUMN");
            return refusal(aboutColumn && !unknown.isEmpty() ? unknown : oneLine(message));
        } else if (problem instanceof RuntimeException fault) {
            throw fault;
        }
        throw new IllegalStateException(problem);
    }

    private static RequestException refusal(String why) {
        return new RequestException(RULE + ": " + why);
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
