package io.solera.reward.sql.compat;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenFallback;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.jspecify.annotations.Nullable;
import scala.collection.JavaConverters;

/**
 * The common part of Catalyst scalar expressions written in Java. Catalyst's sequences are those of scala.collection in
 * Scala 2.12, and immutable ones in 2.13: a List is both, and what takes one is there for both.
 */
public abstract class ScalarExpression extends Expression implements CodegenFallback, java.io.Serializable {
    private final List<Expression> arguments;

    protected ScalarExpression(List<Expression> arguments) {
        this.arguments = List.copyOf(arguments);
    }

    /** The same function with other arguments. */
    protected abstract ScalarExpression of(List<Expression> others);

    /** Whether another expression of this class is the same function. */
    protected abstract boolean sameFunction(ScalarExpression other);

    protected final List<Expression> arguments() {
        return arguments;
    }

    @Override
    public final scala.collection.immutable.List<Expression> children() {
        return JavaConverters.asScalaBufferConverter(arguments).asScala().toList();
    }

    @SuppressWarnings("MissingOverride") // it overrides in Scala 2.12 alone
    public final Expression withNewChildrenInternal(scala.collection.IndexedSeq<Expression> children) {
        Expression[] others = new Expression[children.length()];
        for (int i = 0; i < others.length; i++) {
            others[i] = children.apply(i);
        }
        return of(Arrays.asList(others));
    }

    @SuppressWarnings("MissingOverride") // it overrides in Scala 2.13 alone
    public final Expression withNewChildrenInternal(scala.collection.immutable.IndexedSeq<Expression> children) {
        return withNewChildrenInternal((scala.collection.IndexedSeq<Expression>) children);
    }

    @Override
    public final ExprCode doGenCode(CodegenContext context, ExprCode code) {
        return CodegenFallback.super.doGenCode(context, code);
    }

    @Override
    public final int productArity() {
        return arguments.size();
    }

    @Override
    public final Object productElement(int i) {
        return arguments.get(i);
    }

    @Override
    public final boolean canEqual(Object other) {
        return getClass() == other.getClass();
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof ScalarExpression that
                && canEqual(that)
                && sameFunction(that)
                && arguments.equals(that.arguments);
    }

    @Override
    public final int hashCode() {
        return 31 * prettyName().hashCode() + arguments.hashCode();
    }
}
