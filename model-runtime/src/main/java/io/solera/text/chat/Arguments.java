package io.solera.text.chat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The arguments of a function, a filter or a test.
 *
 * @param to its name, for messages
 */
record Arguments(String to, List<Object> positional, Map<String, Object> names) {
    /** @throws TemplateException if there are arguments other than these parameters */
    void accept(String... parameters) {
        for (String name : names.keySet()) {
            if (!Arrays.asList(parameters).contains(name)) {
                throw new TemplateException("%s has no argument %s (it has %s)"
                        .formatted(to, TemplateException.shown(name), known(parameters)));
            }
        }
        if (positional.size() > parameters.length) {
            throw new TemplateException(
                    "%s takes %d arguments at most (got %d)".formatted(to, parameters.length, positional.size()));
        }
    }

    private static String known(String... parameters) {
        return parameters.length == 0 ? "none" : String.join(", ", parameters);
    }

    Object value(int place, String name, Object otherwise) {
        return place < positional.size() ? positional.get(place) : names.getOrDefault(name, otherwise);
    }

    Object required(int place, String name) {
        Object value = value(place, name, this);
        if (value == this) {
            throw new TemplateException("%s needs an argument %s".formatted(to, name));
        }
        return value;
    }

    String text(int place, String name) {
        Object value = required(place, name);
        if (value instanceof String text) {
            return text;
        }
        throw new TemplateException("argument %s of %s is %s (must be a text)".formatted(name, to, Values.kind(value)));
    }

    int whole(int place, String name, int otherwise) {
        Object value = value(place, name, (long) otherwise);
        if (value instanceof Long number && Math.abs(number) <= Integer.MAX_VALUE) {
            return Math.toIntExact(number);
        }
        throw new TemplateException(
                "argument %s of %s is %s (must be a whole number)".formatted(name, to, Values.kind(value)));
    }

    /** The same without the first argument. */
    Arguments rest(String name) {
        return new Arguments(name, positional.subList(1, positional.size()), names);
    }
}
