package io.solera.text.chat;

import io.solera.text.chat.Token.Kind;
import java.util.List;

/** The tokens of a template, read one after the other. */
public final class Tokens {
    /** Levels of brackets and blocks: far above those of real templates, far below what a thread's stack holds. */
    private static final int DEPTH = 60;

    private final List<Token> all;
    private int at;
    private int depth;

    Tokens(List<Token> all) {
        this.all = all;
    }

    Token next() {
        return all.get(at);
    }

    Token after() {
        return all.get(Math.min(at + 1, all.size() - 1));
    }

    Token take() {
        return all.get(at < all.size() - 1 ? at++ : at);
    }

    int line() {
        return next().line();
    }

    boolean takes(String operator) {
        boolean is = next().is(operator);
        at += is ? 1 : 0;
        return is;
    }

    boolean takesName(String name) {
        boolean is = next().named(name);
        at += is ? 1 : 0;
        return is;
    }

    void require(String operator) {
        if (!takes(operator)) {
            throw unexpected("must be " + operator);
        }
    }

    void require(Kind kind) {
        if (next().kind() != kind) {
            throw unexpected("must be " + new Token(kind, "", 0).shown());
        }
        take();
    }

    String name() {
        if (next().kind() != Kind.NAME) {
            throw unexpected("must be a name");
        }
        return take().text();
    }

    void enter() {
        if (++depth > DEPTH) {
            throw TemplateException.at(line(), "more than %d levels of brackets and blocks".formatted(DEPTH));
        }
    }

    void leave() {
        depth--;
    }

    TemplateException unexpected(String rule) {
        return TemplateException.at(line(), "%s is not expected here (%s)".formatted(next().shown(), rule));
    }
}
