package io.solera.text.chat;

import io.solera.text.chat.Expression.Given;
import io.solera.text.chat.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Parses expressions, from the weakest to the strongest binding, as in Jinja: {@code if else}, {@code or}, {@code and},
 * {@code not},
 * comparison, {@code + -}, {@code ~}, {@code * / // %}, signs, and after a value {@code . [ ] ( ) | is}.
 */
final class ExpressionParser {
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
    private static final Set<String> NO_ARGUMENT = Set.of("else", "or", "and", "if", "in", "not", "is");

    private final Tokens tokens;

    ExpressionParser(Tokens tokens) {
        this.tokens = tokens;
    }

    /** One expression, or several separated by commas, as a list. */
    Expression several(boolean conditional) {
        Expression first = conditional ? one() : or();
        if (!tokens.next().is(",")) {
            return first;
        }
        List<Expression> items = new ArrayList<>(List.of(first));
        while (tokens.takes(",")) {
            if (tokens.next().kind() == Kind.CLOSE_BLOCK
                    || tokens.next().kind() == Kind.CLOSE_OUTPUT
                    || tokens.next().is(")")) {
                break;
            }
            items.add(conditional ? one() : or());
        }
        return new Expression.Items(items);
    }

    Expression one() {
        tokens.enter();
        Expression value = or();
        while (tokens.takesName("if")) {
            Expression condition = or();
            Expression otherwise = tokens.takesName("else") ? one() : null;
            value = new Expression.Chosen(condition, value, otherwise);
        }
        tokens.leave();
        return value;
    }

    private Expression or() {
        Expression left = and();
        while (tokens.takesName("or")) {
            left = new Expression.Binary("or", left, and());
        }
        return left;
    }

    private Expression and() {
        Expression left = not();
        while (tokens.takesName("and")) {
            left = new Expression.Binary("and", left, not());
        }
        return left;
    }

    private Expression not() {
        if (!tokens.takesName("not")) {
            return comparison();
        }
        tokens.enter();
        Expression not = new Expression.Not(not());
        tokens.leave();
        return not;
    }

    private Expression comparison() {
        Expression first = sum();
        List<String> operators = new ArrayList<>();
        List<Expression> others = new ArrayList<>();
        while (true) {
            Token next = tokens.next();
            if ((next.kind() == Kind.OPERATOR && COMPARISONS.contains(next.text())) || next.named("in")) {
                operators.add(tokens.take().text());
            } else if (next.named("not") && tokens.after().named("in")) {
                tokens.take();
                tokens.take();
                operators.add("not in");
            } else {
                return others.isEmpty() ? first : new Expression.Compared(first, operators, others);
            }
            others.add(sum());
        }
    }

    private Expression sum() {
        Expression left = joined();
        while (tokens.next().is("+") || tokens.next().is("-")) {
            left = new Expression.Binary(tokens.take().text(), left, joined());
        }
        return left;
    }

    private Expression joined() {
        Expression first = product();
        if (!tokens.next().is("~")) {
            return first;
        }
        List<Expression> texts = new ArrayList<>(List.of(first));
        while (tokens.takes("~")) {
            texts.add(product());
        }
        return new Expression.Joined(texts);
    }

    private Expression product() {
        Expression left = signed(true);
        while (tokens.next().is("*")
                || tokens.next().is("/")
                || tokens.next().is("//")
                || tokens.next().is("%")) {
            left = new Expression.Binary(tokens.take().text(), left, signed(true));
        }
        return left;
    }

    private Expression signed(boolean filtered) {
        if (!tokens.next().is("-") && !tokens.next().is("+")) {
            Expression value = postfixed(primary());
            return filtered ? filtered(value) : value;
        }
        boolean negative = tokens.take().text().equals("-");
        tokens.enter();
        Expression value = signed(false);
        tokens.leave();
        Expression signed = negative ? new Expression.Negative(value) : value;
        return filtered ? filtered(signed) : signed;
    }

    private Expression primary() {
        Token token = tokens.next();
        switch (token.kind()) {
            case STRING -> {
                StringBuilder text = new StringBuilder();
                while (tokens.next().kind() == Kind.STRING) {
                    text.append(tokens.take().text());
                }
                return new Expression.Literal(text.toString());
            }
            case INTEGER -> {
                return new Expression.Literal(whole(tokens.take()));
            }
            case REAL -> {
                return new Expression.Literal(
                        Double.valueOf(tokens.take().text().replace("_", "")));
            }
            case NAME -> {
                tokens.take();
                return switch (token.text()) {
                    case "true", "True" -> new Expression.Literal(true);
                    case "false", "False" -> new Expression.Literal(false);
                    case "none", "None" -> new Expression.Literal(Values.NONE);
                    default -> new Expression.Name(token.text());
                };
            }
            default -> {
                if (tokens.takes("(")) {
                    return tokens.takes(")") ? new Expression.Items(List.of()) : closed(several(true), ")");
                }
                if (tokens.takes("[")) {
                    return new Expression.Items(list("]"));
                }
                if (tokens.takes("{")) {
                    return fields();
                }
                throw tokens.unexpected("must be a value");
            }
        }
    }

    private static Long whole(Token token) {
        try {
            return Long.valueOf(token.text().replace("_", ""));
        } catch (NumberFormatException e) {
            throw TemplateException.at(token.line(), "the number %s is too large".formatted(token.shown()));
        }
    }

    private Expression closed(Expression value, String bracket) {
        tokens.require(bracket);
        return value;
    }

    private List<Expression> list(String closing) {
        List<Expression> items = new ArrayList<>();
        while (!tokens.takes(closing)) {
            items.add(one());
            if (!tokens.next().is(closing)) {
                tokens.require(",");
            }
        }
        return items;
    }

    private Expression fields() {
        List<Map.Entry<Expression, Expression>> fields = new ArrayList<>();
        while (!tokens.takes("}")) {
            Expression key = one();
            tokens.require(":");
            fields.add(Map.entry(key, one()));
            if (!tokens.next().is("}")) {
                tokens.require(",");
            }
        }
        return new Expression.Fields(fields);
    }

    private Expression postfixed(Expression of) {
        Expression value = of;
        while (true) {
            if (tokens.takes(".")) {
                value = new Expression.Attribute(value, tokens.name());
            } else if (tokens.takes("[")) {
                value = subscript(value);
            } else if (tokens.next().is("(")) {
                value = new Expression.Call(value, given());
            } else {
                return value;
            }
        }
    }

    private Expression subscript(Expression of) {
        Expression from = tokens.next().is(":") ? null : one();
        if (tokens.takes("]")) {
            return new Expression.Item(of, Objects.requireNonNull(from));
        }
        tokens.require(":");
        Expression to = tokens.next().is(":") || tokens.next().is("]") ? null : one();
        Expression step = tokens.takes(":") && !tokens.next().is("]") ? one() : null;
        return closed(new Expression.Slice(of, from, to, step), "]");
    }

    private Expression filtered(Expression of) {
        Expression value = of;
        while (true) {
            if (tokens.next().is("|")) {
                value = filter(value);
            } else if (tokens.takesName("is")) {
                value = tested(value);
            } else if (tokens.next().is("(")) {
                value = new Expression.Call(value, given());
            } else {
                return value;
            }
        }
    }

    /** {@code | name(...)}. */
    Expression filter(Expression value) {
        tokens.require("|");
        int line = tokens.line();
        String name = tokens.name();
        if (!Filters.NAMES.contains(name)) {
            throw TemplateException.at(
                    line,
                    "filter %s is not known (known are %s)"
                            .formatted(TemplateException.shown(name), String.join(", ", Filters.NAMES)));
        }
        return new Expression.Filtered(value, name, tokens.next().is("(") ? given() : Given.NOTHING);
    }

    private Expression tested(Expression value) {
        boolean negated = tokens.takesName("not");
        int line = tokens.line();
        Token token = tokens.take();
        String name = token.text();
        if (!Tests.NAMES.contains(name)) {
            throw TemplateException.at(
                    line,
                    "test %s is not known (known are %s)".formatted(token.shown(), String.join(", ", Tests.NAMES)));
        }
        Given given = Given.NOTHING;
        if (tokens.next().is("(")) {
            given = given();
        } else if (takesArgument(tokens.next())) {
            given = new Given(List.of(postfixed(primary())), Map.of());
        }
        return new Expression.Tested(value, name, given, negated);
    }

    private static boolean takesArgument(Token next) {
        return switch (next.kind()) {
            case NAME -> !NO_ARGUMENT.contains(next.text());
            case STRING, INTEGER, REAL -> true;
            default -> next.is("[") || next.is("{");
        };
    }

    private Given given() {
        tokens.require("(");
        List<Expression> positional = new ArrayList<>();
        Map<String, Expression> names = new LinkedHashMap<>();
        while (!tokens.takes(")")) {
            if (tokens.next().kind() == Kind.NAME && tokens.after().is("=")) {
                int line = tokens.line();
                String name = tokens.name();
                tokens.require("=");
                if (names.putIfAbsent(name, one()) != null) {
                    throw TemplateException.at(line, "%s is given twice".formatted(name));
                }
            } else if (names.isEmpty()) {
                positional.add(one());
            } else {
                throw tokens.unexpected("must have a name, as the one before");
            }
            if (!tokens.next().is(")")) {
                tokens.require(",");
            }
        }
        return new Given(positional, names);
    }
}
