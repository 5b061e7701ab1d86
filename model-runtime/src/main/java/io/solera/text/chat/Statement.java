package io.solera.text.chat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A statement of a template; {@code line} is its line in the source. */
sealed interface Statement {
    int line();

    record Written(String text, int line) implements Statement {}

    record Output(Expression value, int line) implements Statement {}

    record If(List<Branch> branches, List<Statement> otherwise, int line) implements Statement {}

    record Branch(Expression condition, List<Statement> body) {}

    record For(
            List<String> names,
            Expression in,
            @Nullable Expression where,
            List<Statement> body,
            List<Statement> otherwise,
            int line)
            implements Statement {}

    /** {@code set a = x}, {@code set a, b = x}, {@code set space.a = x}. */
    record Set(List<String> names, @Nullable String attribute, Expression value, int line) implements Statement {}

    /** {@code set a}: the text until {@code endset}, through filters. */
    record SetText(String name, List<Statement> body, Expression filtered, int line) implements Statement {
        /** The name under which the filters read the text; a template cannot write it. */
        static final String TEXT = "(text)";
    }

    record Macro(String name, List<String> parameters, Map<String, Expression> defaults, List<Statement> body, int line)
            implements Statement {}

    /** The assistant's text, if a template marks it; written unchanged. */
    record Generation(List<Statement> body, int line) implements Statement {}

    record Leave(boolean loop, int line) implements Statement {}
}
