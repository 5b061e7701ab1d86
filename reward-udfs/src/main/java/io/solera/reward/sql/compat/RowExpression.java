package io.solera.reward.sql.compat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.InterpretedMutableProjection;
import org.apache.spark.sql.catalyst.expressions.LambdaFunction;
import org.apache.spark.sql.catalyst.expressions.UnresolvedNamedLambdaVariable;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.types.DataType;
import org.jspecify.annotations.Nullable;
import scala.collection.Iterator;
import scala.collection.immutable.List;

/**
 * An expression over the columns of a row: resolved once, on the driver, and evaluated row by row, without a query.
 * Expressions may hold mutable state, so each evaluation has a copy to itself.
 */
public final class RowExpression implements Serializable {
    private final byte[] projection;
    private final DataType type;
    private transient @Nullable ConcurrentLinkedQueue<InterpretedMutableProjection> idle;

    private RowExpression(byte[] projection, DataType type) {
        this.projection = projection;
        this.type = type;
    }

    /** A session with the same functions and views, and with Spark's own settings in place of those of this one. */
    public static SparkSession withDefaults(SparkSession session) {
        SparkSession fresh = Plans.copy(session);
        Iterator<String> keys = fresh.conf().getAll().keysIterator();
        while (keys.hasNext()) {
            String key = keys.next();
            if (key.startsWith("spark.sql.") && fresh.conf().isModifiable(key)) {
                fresh.conf().unset(key);
            }
        }
        return fresh;
    }

    /** The nodes of a plan, each before those that it reads. */
    public static java.util.List<LogicalPlan> nodes(LogicalPlan plan) {
        java.util.List<LogicalPlan> nodes = new ArrayList<>(java.util.List.of(plan));
        for (int i = 0; i < plan.children().size(); i++) {
            nodes.addAll(nodes(plan.children().apply(i)));
        }
        return nodes;
    }

    /** Of an optimised {@code SELECT expression FROM rows}; null if it is more than that. */
    public static @Nullable RowExpression of(LogicalPlan plan) {
        if (!(plan instanceof Project project)
                || project.projectList().size() != 1
                || !project.child().children().isEmpty()) {
            return null;
        }
        Expression only = (Expression) project.projectList().apply(0);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(project.projectList().toList());
            out.writeObject(project.child().output().toList());
        } catch (IOException e) {
            throw new IllegalStateException("Cannot serialise %s: %s".formatted(only, e.getMessage()), e);
        }
        return new RowExpression(bytes.toByteArray(), only.dataType());
    }

    /** The names of columns in a parsed expression, without those that functions in it give their arguments. */
    public static Set<String> columns(Expression parsed) {
        Set<String> names = new TreeSet<>();
        Set<String> arguments = new TreeSet<>();
        visit(parsed, names, arguments);
        names.removeAll(arguments);
        return names;
    }

    private static void visit(Expression expression, Set<String> names, Set<String> arguments) {
        if (expression instanceof UnresolvedAttribute column) {
            names.add(column.nameParts().apply(0));
        } else if (expression instanceof UnresolvedNamedLambdaVariable column) {
            names.add(column.nameParts().apply(0));
        } else if (expression instanceof LambdaFunction function) {
            for (int i = 0; i < function.arguments().size(); i++) {
                arguments.add(function.arguments().apply(i).name());
            }
        }
        Registry.arguments(expression).forEach(child -> visit(child, names, arguments));
    }

    public DataType type() {
        return type;
    }

    /** The value for a row, in Spark's internal form. */
    public @Nullable Object of(InternalRow row) {
        ConcurrentLinkedQueue<InterpretedMutableProjection> waiting = idle();
        InterpretedMutableProjection one = waiting.poll();
        if (one == null) {
            one = copy();
        }
        InternalRow result = one.apply(row);
        Object value = result.isNullAt(0) ? null : result.get(0, type);
        waiting.add(one); // one that failed is left behind
        return value;
    }

    private synchronized ConcurrentLinkedQueue<InterpretedMutableProjection> idle() {
        ConcurrentLinkedQueue<InterpretedMutableProjection> known = idle;
        if (known == null) {
            known = new ConcurrentLinkedQueue<>();
            idle = known;
        }
        return known;
    }

    @SuppressWarnings("unchecked")
    private InterpretedMutableProjection copy() {
        try (Reading in = new Reading(new ByteArrayInputStream(projection))) {
            List<Expression> expressions = (List<Expression>) in.readObject();
            List<Attribute> columns = (List<Attribute>) in.readObject();
            InterpretedMutableProjection copy = new InterpretedMutableProjection(expressions, columns);
            copy.initialize(0);
            return copy;
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException("Cannot read an expression: " + e.getMessage(), e);
        }
    }

    /** Finds classes as tasks do, so those of {@code --jars} too. */
    private static final class Reading extends ObjectInputStream {
        Reading(InputStream in) throws IOException {
            super(in);
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            try {
                return Class.forName(
                        description.getName(), false, Thread.currentThread().getContextClassLoader());
            } catch (ClassNotFoundException e) {
                return super.resolveClass(description);
            }
        }
    }
}
