package io.solera.text.chat;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names and their values: each iteration of a loop and each call of a macro has its own, nested in the surrounding one.
 */
final class Scope {
    private final @Nullable Scope around;
    private final Map<String, Object> names = new HashMap<>();

    Scope(@Nullable Scope around) {
        this.around = around;
    }

    Object value(String name) {
        for (Scope scope = this; scope != null; scope = scope.around) {
            Object value = scope.names.get(name);
            if (value != null) {
                return value;
            }
        }
        return new Values.Undefined(name);
    }

    void set(String name, Object value) {
        names.put(name, value);
    }
}
