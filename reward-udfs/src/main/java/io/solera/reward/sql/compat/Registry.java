package io.solera.reward.sql.compat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import scala.Function1;
import scala.Tuple3;
import scala.collection.Iterator;
import scala.collection.Seq;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/** Registers the functions of session extensions. Builders get resolved arguments during analysis. */
public final class Registry {
    private final SparkSessionExtensions extensions;

    Registry(SparkSessionExtensions extensions) {
        this.extensions = extensions;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    public void scalar(ExpressionInfo info, Function<List<Expression>, Expression> builder) {
        extensions.injectFunction((Tuple3) new Tuple3<>(new FunctionIdentifier(info.getName()), info, ofList(builder)));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    public void table(ExpressionInfo info, Function<List<Expression>, LogicalPlan> builder) {
        extensions.injectTableFunction(
                (Tuple3) new Tuple3<>(new FunctionIdentifier(info.getName()), info, ofList(builder)));
    }

    /** Passes every resolved expression of a query during analysis to a check that may refuse it. */
    public void check(Consumer<Expression> check) {
        refuseWhileResolving(node -> expressions(node, expression -> {
            if (expression.resolved()) {
                check.accept(expression);
            }
        }));
    }

    /** Passes every node of an analysed query, including its subqueries, to a check before it runs. */
    public void checkNodes(Consumer<LogicalPlan> check) {
        refuseWhileResolving(check);
        // once more at the end, when the plan no longer changes
        Function1<LogicalPlan, BoxedUnit> rule = function(plan -> {
            visit(plan, check);
            return BoxedUnit.UNIT;
        });
        Function1<SparkSession, Function1<LogicalPlan, BoxedUnit>> builder = function(session -> rule);
        extensions.injectCheckRule(builder);
    }

    /** As a resolution rule: Spark would append the plan to the message of a check rule. */
    private void refuseWhileResolving(Consumer<LogicalPlan> check) {
        Function1<SparkSession, Rule<LogicalPlan>> builder = function(session -> new Refusals(check));
        extensions.injectPostHocResolutionRule(builder);
    }

    private static final class Refusals extends Rule<LogicalPlan> {
        private final Consumer<LogicalPlan> check;

        Refusals(Consumer<LogicalPlan> check) {
            this.check = check;
        }

        @Override
        public LogicalPlan apply(LogicalPlan plan) {
            return RefusedQueryException.analysed(() -> {
                visit(plan, check);
                return plan;
            });
        }
    }

    /** All expressions of a node. */
    public static void expressions(LogicalPlan node, Consumer<Expression> each) {
        Function1<Expression, BoxedUnit> visit = function(expression -> {
            each.accept(expression);
            return BoxedUnit.UNIT;
        });
        list(node.expressions()).forEach(expression -> expression.foreach(visit));
    }

    /**
     * Passes every text before Spark parses it, and every parsed node before Spark accesses the files it names. A
     * proxy, because the parser's methods differ between Spark versions.
     */
    public void checkTexts(Consumer<String> text, Consumer<LogicalPlan> node) {
        extensions.injectParser(new AbstractFunction2<>() {
            @Override
            public ParserInterface apply(SparkSession session, ParserInterface parser) {
                return (ParserInterface) Proxy.newProxyInstance(
                        Registry.class.getClassLoader(),
                        new Class<?>[] {ParserInterface.class},
                        (proxy, method, arguments) -> {
                            if (arguments != null && arguments.length > 0 && arguments[0] instanceof String given) {
                                text.accept(given);
                            }
                            Object result;
                            try {
                                result = method.invoke(parser, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                            if (result instanceof LogicalPlan plan) {
                                visit(plan, node);
                            }
                            return result;
                        });
            }
        });
    }

    /** A plan with everything inside: children, the plans of commands and WITH, and subqueries of expressions. */
    private static void visit(LogicalPlan plan, Consumer<LogicalPlan> node) {
        if (plan.analyzed()) { // a table created earlier, already checked then
            return;
        }
        node.accept(plan);
        list(plan.children()).forEach(child -> visit(child, node));
        for (Object inner : list(plan.innerChildren())) {
            if (inner instanceof LogicalPlan held) {
                visit(held, node);
            }
        }
        expressions(plan, expression -> {
            if (expression instanceof PlanExpression<?> holder && holder.plan() instanceof LogicalPlan subquery) {
                visit(subquery, node);
            }
        });
    }

    public static List<Expression> arguments(Expression expression) {
        return list(expression.children());
    }

    private static <T> Function1<Seq<Expression>, T> ofList(Function<List<Expression>, T> builder) {
        return function(arguments -> RefusedQueryException.analysed(() -> builder.apply(list(arguments))));
    }

    private static <T> List<T> list(Seq<T> values) {
        List<T> list = new ArrayList<>();
        Iterator<T> iterator = values.iterator();
        while (iterator.hasNext()) { // by index a linked list of n values takes n * n steps
            list.add(iterator.next());
        }
        return list;
    }

    private static <A, B> Function1<A, B> function(Function<A, B> function) {
        return new AbstractFunction1<>() {
            @Override
            public B apply(A value) {
                return function.apply(value);
            }
        };
    }
}
