package io.solera.text.chat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An expression of a template. */
sealed interface Expression {
    record Literal(Object value) implements Expression {}

    record Name(String name) implements Expression {}

    record Items(List<Expression> items) implements Expression {}

    record Fields(List<Map.Entry<Expression, Expression>> fields) implements Expression {}

    record Attribute(Expression of, String name) implements Expression {}

    record Item(Expression of, Expression at) implements Expression {}

    record Slice(
            Expression of,
            @Nullable Expression from,
            @Nullable Expression to,
            @Nullable Expression step) implements Expression {}

    record Call(Expression of, Given given) implements Expression {}

    record Filtered(Expression value, String filter, Given given) implements Expression {}

    record Tested(Expression value, String test, Given given, boolean negated) implements Expression {}

    record Not(Expression value) implements Expression {}

    record Negative(Expression value) implements Expression {}

    /** {@code and}, {@code or}, and arithmetic. */
    record Binary(String operator, Expression left, Expression right) implements Expression {}

    /** {@code a < b <= c}: each pair is compared. */
    record Compared(Expression first, List<String> operators, List<Expression> others) implements Expression {}

    record Joined(List<Expression> texts) implements Expression {}

    record Chosen(
            Expression condition, Expression then, @Nullable Expression otherwise) implements Expression {}

    /** The arguments of a call, positional and named. */
    record Given(List<Expression> positional, Map<String, Expression> names) {
        static final Given NOTHING = new Given(List.of(), Map.of());
    }
}
