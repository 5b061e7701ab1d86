package io.solera.text.chat;

import io.solera.text.chat.Values.Undefined;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Evaluates expressions. */
final class Evaluator {
    private final Meter meter;

    Evaluator(Meter meter) {
        this.meter = meter;
    }

    Object value(Expression expression, Scope scope) {
        meter.enter();
        Object value = of(expression, scope);
        meter.leave();
        return value;
    }

    boolean isTrue(Expression expression, Scope scope) {
        return Values.isTrue(value(expression, scope));
    }

    private Object of(Expression expression, Scope scope) {
        if (expression instanceof Expression.Literal literal) {
            return literal.value();
        }
        if (expression instanceof Expression.Name name) {
            return scope.value(name.name());
        }
        if (expression instanceof Expression.Attribute attribute) {
            return Methods.attribute(value(attribute.of(), scope), attribute.name(), meter);
        }
        if (expression instanceof Expression.Item item) {
            return item(value(item.of(), scope), value(item.at(), scope));
        }
        if (expression instanceof Expression.Slice slice) {
            return Slices.of(
                    value(slice.of(), scope),
                    bound(slice.from(), scope),
                    bound(slice.to(), scope),
                    bound(slice.step(), scope),
                    meter);
        }
        if (expression instanceof Expression.Call call) {
            return call(call, scope);
        }
        if (expression instanceof Expression.Filtered filtered) {
            Arguments given = arguments("filter " + filtered.filter(), filtered.given(), scope);
            return Filters.filtered(filtered.filter(), value(filtered.value(), scope), given, meter);
        }
        if (expression instanceof Expression.Tested tested) {
            Arguments given = arguments("test " + tested.test(), tested.given(), scope);
            return Tests.holds(tested.test(), value(tested.value(), scope), given, meter) != tested.negated();
        }
        return composed(expression, scope);
    }

    private Object composed(Expression expression, Scope scope) {
        if (expression instanceof Expression.Binary binary) {
            Object left = value(binary.left(), scope);
            return switch (binary.operator()) {
                case "and" -> Values.isTrue(left) ? value(binary.right(), scope) : left;
                case "or" -> Values.isTrue(left) ? left : value(binary.right(), scope);
                default -> Arithmetic.of(binary.operator(), left, value(binary.right(), scope), meter);
            };
        }
        if (expression instanceof Expression.Compared compared) {
            return compared(compared, scope);
        }
        if (expression instanceof Expression.Not not) {
            return !isTrue(not.value(), scope);
        }
        if (expression instanceof Expression.Negative negative) {
            return Arithmetic.of("-", 0L, value(negative.value(), scope), meter);
        }
        if (expression instanceof Expression.Chosen chosen) {
            if (isTrue(chosen.condition(), scope)) {
                return value(chosen.then(), scope);
            }
            return chosen.otherwise() == null ? new Undefined("what has no else") : value(chosen.otherwise(), scope);
        }
        if (expression instanceof Expression.Joined joined) {
            StringBuilder text = new StringBuilder();
            for (Expression part : joined.texts()) {
                text.append(Values.text(value(part, scope), meter));
                meter.made(text.length());
            }
            return text.toString();
        }
        if (expression instanceof Expression.Items items) {
            meter.listed(items.items().size());
            List<Object> list = new ArrayList<>();
            items.items().forEach(item -> list.add(value(item, scope)));
            return list;
        }
        if (expression instanceof Expression.Fields fields) {
            Map<String, Object> map = new LinkedHashMap<>();
            for (Map.Entry<Expression, Expression> field : fields.fields()) {
                map.put(key(value(field.getKey(), scope)), value(field.getValue(), scope));
            }
            return map;
        }
        throw new IllegalStateException("Cannot evaluate %s".formatted(expression.getClass()));
    }

    private static String key(Object key) {
        if (key instanceof String text) {
            return text;
        }
        throw new TemplateException("a key of an object is %s (must be a text)".formatted(Values.kind(key)));
    }

    private boolean compared(Expression.Compared compared, Scope scope) {
        Object left = value(compared.first(), scope);
        for (int k = 0; k < compared.others().size(); k++) {
            Object right = value(compared.others().get(k), scope);
            if (!Arithmetic.compared(compared.operators().get(k), left, right, meter)) {
                return false;
            }
            left = right;
        }
        return true;
    }

    private @Nullable Object bound(@Nullable Expression bound, Scope scope) {
        Object value = bound == null ? Values.NONE : value(bound, scope);
        return value == Values.NONE ? null : value;
    }

    private Object item(Object of, Object at) {
        if (at instanceof String name) {
            Object field = of instanceof Map<?, ?> map ? map.get(name) : null;
            return field != null ? field : Methods.attribute(of, name, meter);
        }
        if (of instanceof Undefined) {
            throw new TemplateException("%s has no entries".formatted(Values.kind(of)));
        }
        if (at instanceof Long place && of instanceof List<?> list) {
            long from = place < 0 ? place + list.size() : place;
            return from >= 0 && from < list.size() ? list.get((int) from) : new Undefined("entry " + place);
        }
        if (at instanceof Long place && of instanceof String text) {
            int length = text.codePointCount(0, text.length());
            long from = place < 0 ? place + length : place;
            return from >= 0 && from < length
                    ? Character.toString(text.codePointAt(text.offsetByCodePoints(0, (int) from)))
                    : new Undefined("character " + place);
        }
        return new Undefined("entry");
    }

    private Object call(Expression.Call call, Scope scope) {
        Object called = value(call.of(), scope);
        String name = call.of() instanceof Expression.Name plain
                ? plain.name()
                : call.of() instanceof Expression.Attribute attribute ? attribute.name() : "a value";
        if (called instanceof Values.Function function) {
            return function.call(arguments(name, call.given(), scope));
        }
        if (name.equals(ChatTemplate.DATE)) {
            throw new TemplateException(
                    "the template writes the date (set chat-date: YYYY-MM-DD; it is never today's, since the same job "
                            + "must give the same bytes)");
        }
        throw new TemplateException("function %s is not known".formatted(TemplateException.shown(name)));
    }

    private Arguments arguments(String to, Expression.Given given, Scope scope) {
        List<Object> positional = new ArrayList<>();
        given.positional().forEach(place -> positional.add(value(place, scope)));
        Map<String, Object> names = new LinkedHashMap<>();
        given.names().forEach((name, value) -> names.put(name, value(value, scope)));
        return new Arguments(to, positional, names);
    }
}
