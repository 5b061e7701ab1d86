package io.solera.text.chat;

import io.solera.text.chat.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Parses the blocks of a template. */
final class TemplateParser {
    private static final String KNOWN = "if, for, set, macro, generation, break, continue";

    private final Tokens tokens;
    private final ExpressionParser expressions;
    private int loops;

    private TemplateParser(Tokens tokens) {
        this.tokens = tokens;
        this.expressions = new ExpressionParser(tokens);
    }

    static List<Statement> statements(String source) {
        TemplateParser parser = new TemplateParser(new Tokens(Lexer.tokens(source)));
        return parser.until(Set.of());
    }

    /**
     * Statements before a block of one of these names, whose opening and name are consumed; without names, to the end.
     */
    private List<Statement> until(Set<String> ends) {
        tokens.enter();
        int first = tokens.line();
        List<Statement> statements = new ArrayList<>();
        while (true) {
            Token token = tokens.next();
            switch (token.kind()) {
                case TEXT -> statements.add(new Statement.Written(tokens.take().text(), token.line()));
                case OPEN_OUTPUT -> {
                    tokens.take();
                    statements.add(new Statement.Output(expressions.several(true), token.line()));
                    tokens.require(Kind.CLOSE_OUTPUT);
                }
                case OPEN_BLOCK -> {
                    if (ends.contains(tokens.after().text())) {
                        tokens.take();
                        tokens.leave();
                        return statements;
                    }
                    tokens.take();
                    statements.add(block(tokens.line()));
                }
                default -> {
                    if (!ends.isEmpty()) {
                        throw TemplateException.at(
                                first,
                                "what begins here has no end (must end with %s)".formatted(String.join(" or ", ends)));
                    }
                    tokens.leave();
                    return statements;
                }
            }
        }
    }

    private Statement block(int line) {
        String name = tokens.name();
        switch (name) {
            case "if" -> {
                return conditional(line);
            }
            case "for" -> {
                return loop(line);
            }
            case "set" -> {
                return set(line);
            }
            case "macro" -> {
                return macro(line);
            }
            case "generation" -> {
                tokens.require(Kind.CLOSE_BLOCK);
                List<Statement> body = until(Set.of("endgeneration"));
                end();
                return new Statement.Generation(body, line);
            }
            case "break", "continue" -> {
                if (loops == 0) {
                    throw TemplateException.at(line, "%s is outside of a loop".formatted(name));
                }
                tokens.require(Kind.CLOSE_BLOCK);
                return new Statement.Leave(name.equals("break"), line);
            }
            default ->
                throw TemplateException.at(
                        line, "block %s is not known (known are %s)".formatted(TemplateException.shown(name), KNOWN));
        }
    }

    /** The name of a block that ends something, and its closing. */
    private String end() {
        String name = tokens.name();
        if (name.startsWith("end") || name.equals("else")) {
            tokens.require(Kind.CLOSE_BLOCK);
        }
        return name;
    }

    private Statement conditional(int line) {
        List<Statement.Branch> branches = new ArrayList<>();
        List<Statement> otherwise = List.of();
        String next = "elif";
        while (next.equals("elif")) {
            Expression condition = expressions.several(false);
            tokens.require(Kind.CLOSE_BLOCK);
            branches.add(new Statement.Branch(condition, until(Set.of("elif", "else", "endif"))));
            next = end();
        }
        if (next.equals("else")) {
            otherwise = until(Set.of("endif"));
            end();
        }
        return new Statement.If(branches, otherwise, line);
    }

    private Statement loop(int line) {
        List<String> names = names();
        if (!tokens.takesName("in")) {
            throw tokens.unexpected("must be in");
        }
        Expression in = expressions.several(false);
        Expression where = tokens.takesName("if") ? expressions.one() : null;
        tokens.require(Kind.CLOSE_BLOCK); // a loop that calls itself (recursive) is not known
        loops++;
        List<Statement> body = until(Set.of("else", "endfor"));
        loops--;
        List<Statement> otherwise = List.of();
        if (end().equals("else")) {
            otherwise = until(Set.of("endfor"));
            end();
        }
        return new Statement.For(names, in, where, body, otherwise, line);
    }

    private List<String> names() {
        boolean bracket = tokens.takes("(");
        List<String> names = new ArrayList<>(List.of(tokens.name()));
        while (tokens.takes(",")) {
            names.add(tokens.name());
        }
        if (bracket) {
            tokens.require(")");
        }
        return names;
    }

    private Statement set(int line) {
        List<String> names = names();
        String attribute = names.size() == 1 && tokens.takes(".") ? tokens.name() : null;
        if (tokens.takes("=")) {
            Expression value = expressions.several(true);
            tokens.require(Kind.CLOSE_BLOCK);
            return new Statement.Set(names, attribute, value, line);
        }
        if (attribute != null || names.size() > 1) {
            throw tokens.unexpected("must be =");
        }
        Expression filtered = new Expression.Name(Statement.SetText.TEXT);
        while (tokens.next().is("|")) {
            filtered = expressions.filter(filtered);
        }
        tokens.require(Kind.CLOSE_BLOCK);
        List<Statement> body = until(Set.of("endset"));
        end();
        return new Statement.SetText(names.get(0), body, filtered, line);
    }

    private Statement macro(int line) {
        String name = tokens.name();
        List<String> parameters = new ArrayList<>();
        Map<String, Expression> defaults = new LinkedHashMap<>();
        tokens.require("(");
        while (!tokens.takes(")")) {
            String parameter = tokens.name();
            if (parameters.contains(parameter)) {
                throw TemplateException.at(line, "macro %s has parameter %s twice".formatted(name, parameter));
            }
            parameters.add(parameter);
            if (tokens.takes("=")) {
                defaults.put(parameter, expressions.one());
            }
            if (!tokens.next().is(")")) {
                tokens.require(",");
            }
        }
        tokens.require(Kind.CLOSE_BLOCK);
        int outside = loops;
        loops = 0;
        List<Statement> body = until(Set.of("endmacro"));
        loops = outside;
        end();
        return new Statement.Macro(name, parameters, defaults, body, line);
    }
}
