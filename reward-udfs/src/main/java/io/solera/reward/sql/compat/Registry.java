package io.solera.reward.sql.compat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.Function1;
import scala.Tuple3;
import scala.collection.Seq;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/** Where session extensions put their functions. Builders get resolved arguments, when a query is analysed. */
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

    /** Shows every expression of an analysed query, which may refuse it. */
    public void check(Consumer<Expression> check) {
        Function1<Expression, BoxedUnit> each = function(expression -> {
            check.accept(expression);
            return BoxedUnit.UNIT;
        });
        Function1<LogicalPlan, BoxedUnit> node = function(plan -> {
            list(plan.expressions()).forEach(expression -> expression.foreach(each));
            return BoxedUnit.UNIT;
        });
        Function1<LogicalPlan, BoxedUnit> rule = function(plan -> {
            plan.foreach(node);
            return BoxedUnit.UNIT;
        });
        Function1<SparkSession, Function1<LogicalPlan, BoxedUnit>> builder = function(session -> rule);
        extensions.injectCheckRule(builder);
    }

    public static List<Expression> arguments(Expression expression) {
        return list(expression.children());
    }

    private static <T> Function1<Seq<Expression>, T> ofList(Function<List<Expression>, T> builder) {
        return function(arguments -> builder.apply(list(arguments)));
    }

    private static <T> List<T> list(Seq<T> values) {
        List<T> list = new ArrayList<>();
        for (int i = 0; i < values.length(); i++) {
            list.add(values.apply(i));
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
