package io.solera.reward.sql;

import io.solera.problem.RequestException;
import io.solera.reward.catalogue.Locations;
import io.solera.reward.catalogue.Permission;
import io.solera.reward.sql.compat.PlanNodes;
import io.solera.reward.sql.compat.Registry;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.expressions.CallMethodViaReflection;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ScriptTransformation;
import org.apache.spark.sql.execution.command.AddArchivesCommand;
import org.apache.spark.sql.execution.command.AddFilesCommand;
import org.apache.spark.sql.execution.command.AddJarsCommand;
import org.apache.spark.sql.execution.command.CreateFunctionCommand;

/**
 * Refuses queries that could run arbitrary programs or Java code, or read the environment of the driver, unless
 * {@code spark.solera.sql.allow} contained {@code programs} when Spark started: TRANSFORM, reflect and similar
 * functions, functions and catalogs given by class name, jars and files for the class path, environment variables in
 * the text, databases that run Java inside this process. Also refuses files with schemes unknown to {@link Locations}.
 */
final class QueryGuard {
    private static final String CATALOG = "spark.sql.catalog.";
    /** Spark's own pattern: it replaces these in a query's text, before it parses. */
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(?:(\\w+?):)?(\\S+?)\\}");

    private static final Pattern IN_PROCESS = Pattern.compile("(?i)\\s*jdbc:(derby|h2|hsqldb|sqlite|calcite).*");
    private static final int DEEPEST = 20;

    private QueryGuard() {}

    static void register(Registry registry) {
        registry.checkTexts(QueryGuard::checkText, QueryGuard::checkParsed);
        registry.checkNodes(QueryGuard::check);
    }

    private static void check(LogicalPlan node) {
        if (node instanceof ScriptTransformation) {
            refuse("TRANSFORM", "it runs a program");
        } else if (node instanceof AddJarsCommand) {
            refuse("ADD JAR", "it brings code in");
        } else if (node instanceof AddFilesCommand || node instanceof AddArchivesCommand) {
            refuse("ADD FILE", "it brings files onto every machine");
        } else if (node instanceof CreateFunctionCommand) {
            refuse("CREATE FUNCTION", "it runs a class by its name");
        }
        PlanNodes.setKey(node)
                .filter(key -> key.strip().toLowerCase(Locale.ROOT).startsWith(CATALOG))
                .ifPresent(key -> refuse("SET " + key, "it runs a class by its name"));
        PlanNodes.source(node).ifPresent(QueryGuard::check);
        Registry.expressions(node, QueryGuard::check);
    }

    private static void check(Expression expression) {
        if (expression instanceof CallMethodViaReflection call) {
            refuse(call.prettyName(), "it calls any method of Java");
        }
    }

    private static void check(PlanNodes.Source source) {
        if (source.provider().toLowerCase(Locale.ROOT).contains("jdbc")
                && (source.options().containsKey("sessioninitstatement")
                        || IN_PROCESS
                                .matcher(source.options().getOrDefault("url", ""))
                                .matches())) {
            refuse("USING " + source.provider(), "that database, or its first statement, can run code here");
        }
    }

    private static void checkText(String text) {
        if (text.contains("${") && PlanNodes.replacesVariables()) {
            checkVariables(text, 0);
        }
    }

    /** A session variable may contain another one. */
    private static void checkVariables(String text, int depth) {
        Matcher variable = VARIABLE.matcher(text);
        while (variable.find()) {
            String from = variable.group(1);
            if ("env".equals(from) || "system".equals(from) || depth > DEEPEST) {
                refuse("${%s:...}".formatted(from), "it reads the environment of the driver");
            }
            String value = PlanNodes.variable(variable.group(2));
            if (value != null) {
                checkVariables(value, depth + 1);
            }
        }
    }

    private static void checkParsed(LogicalPlan node) {
        PlanNodes.path(node).ifPresent(path -> Locations.require(path, SqlPermissions.schemes()));
    }

    private static void refuse(String what, String why) {
        if (!SqlPermissions.granted().contains(Permission.PROGRAMS)) {
            throw new RequestException("Cannot use %s in SQL: %s (can be allowed when Spark is started: %s=%s)"
                    .formatted(what, why, SqlPermissions.KEY, Permission.PROGRAMS.text()));
        }
    }
}
