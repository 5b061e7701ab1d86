package io.solera.text.chat;

import io.solera.text.chat.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A template's source as tokens, with white space around blocks removed as configured by transformers:
 * {@code trim_blocks} (the line break after a block) and {@code lstrip_blocks} (blanks before a block that starts its
 * line), and the signs {@code -} and {@code +}.
 */
final class Lexer {
    private static final String[] OPERATORS = {"//", "**", "==", "!=", ">=", "<="};
    private static final String SINGLE = "+-/*%~[](){}><=.:|,;";

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;
    /** Whether the next token starts a line, because the previous one ended with a line break. */
    private boolean lineBegins = true;

    private Lexer(String source) {
        this.source = source;
    }

    static List<Token> tokens(String text) {
        String source = text.replace("\r\n", "\n").replace('\r', '\n');
        Lexer lexer = new Lexer(source.endsWith("\n") ? source.substring(0, source.length() - 1) : source);
        lexer.read();
        return lexer.tokens;
    }

    private void read() {
        while (at < source.length()) {
            int open = opening();
            char kind = open < source.length() ? source.charAt(open + 1) : ' ';
            char sign = open + 2 < source.length() ? source.charAt(open + 2) : ' ';
            String text = source.substring(at, open);
            int first = line;
            advance(open);
            text = kept(text, kind, sign);
            if (!text.isEmpty()) {
                tokens.add(new Token(Kind.TEXT, text, first));
            }
            if (open < source.length()) {
                advance(open + (kind != ' ' && (sign == '-' || sign == '+') ? 3 : 2));
                switch (kind) {
                    case '#' -> comment();
                    case '%' -> inside(Kind.OPEN_BLOCK, Kind.CLOSE_BLOCK, "%}");
                    default -> inside(Kind.OPEN_OUTPUT, Kind.CLOSE_OUTPUT, "}}");
                }
            }
        }
        tokens.add(new Token(Kind.END, "", line));
    }

    private int opening() {
        for (int k = at; k + 1 < source.length(); k++) {
            if (source.charAt(k) == '{' && "{%#".indexOf(source.charAt(k + 1)) >= 0) {
                return k;
            }
        }
        return source.length();
    }

    /** The part of a text that is kept before an opening. */
    private String kept(String text, char kind, char sign) {
        if (sign == '-' && kind != ' ') {
            return Texts.stripped(text, null, false, true);
        }
        if (kind == ' ' || kind == '{' || sign == '+') {
            return text;
        }
        int begin = text.lastIndexOf('\n') + 1;
        boolean begins = begin > 0 || lineBegins;
        return begins && text.substring(begin).codePoints().allMatch(Texts::isSpace) ? text.substring(0, begin) : text;
    }

    private void comment() {
        int end = source.indexOf("#}", at);
        if (end < 0) {
            throw TemplateException.at(line, "a comment is not closed (must end with #})");
        }
        char sign = end > at ? source.charAt(end - 1) : ' ';
        advance(end);
        close(sign, true);
    }

    /** Consumes the closing, which is here, and the white space after it. */
    private void close(char sign, boolean trims) {
        int end = at + 2;
        if (sign == '-') {
            while (end < source.length() && Texts.isSpace(source.charAt(end))) {
                end++;
            }
        } else if (trims && sign != '+' && end < source.length() && source.charAt(end) == '\n') {
            end++;
        }
        advance(end);
        lineBegins = source.charAt(end - 1) == '\n';
    }

    private void inside(Kind opens, Kind closes, String closing) {
        int opened = line;
        tokens.add(new Token(opens, "", line));
        Deque<Character> brackets = new ArrayDeque<>();
        while (true) {
            while (at < source.length() && Texts.isSpace(source.charAt(at))) {
                advance(at + 1);
            }
            if (at >= source.length()) {
                throw TemplateException.at(
                        opened, "what begins here is not closed (must end with %s)".formatted(closing));
            }
            if (brackets.isEmpty()) {
                char sign = source.charAt(at);
                boolean signed = (sign == '-' || (sign == '+' && opens == Kind.OPEN_BLOCK))
                        && source.startsWith(closing, at + 1);
                if (signed || source.startsWith(closing, at)) {
                    tokens.add(new Token(closes, "", line));
                    at += signed ? 1 : 0;
                    close(signed ? sign : ' ', opens == Kind.OPEN_BLOCK);
                    return;
                }
            }
            token(brackets);
        }
    }

    private void token(Deque<Character> brackets) {
        char first = source.charAt(at);
        if (first == '\'' || first == '"') {
            string(first);
        } else if (first >= '0' && first <= '9') {
            number();
        } else if (isLetter(first)) {
            int end = at;
            while (end < source.length() && (isLetter(source.charAt(end)) || isDigit(source.charAt(end)))) {
                end++;
            }
            add(Kind.NAME, end);
        } else {
            operator(brackets);
        }
    }

    private void operator(Deque<Character> brackets) {
        for (String two : OPERATORS) {
            if (source.startsWith(two, at)) {
                add(Kind.OPERATOR, at + 2);
                return;
            }
        }
        char one = source.charAt(at);
        if (SINGLE.indexOf(one) < 0) {
            throw TemplateException.at(line, "unknown character %s".formatted(TemplateException.shown("" + one)));
        }
        if ("([{".indexOf(one) >= 0) {
            brackets.push(one);
        } else if (")]}".indexOf(one) >= 0) {
            if (brackets.isEmpty() || brackets.pop() != "([{".charAt(")]}".indexOf(one))) {
                throw TemplateException.at(line, "%s closes nothing".formatted(one));
            }
        }
        add(Kind.OPERATOR, at + 1);
    }

    private void number() {
        int end = digits(at);
        boolean real = false;
        if (end + 1 < source.length() && source.charAt(end) == '.' && isDigit(source.charAt(end + 1))) {
            end = digits(end + 1);
            real = true;
        }
        int exponent = end + (end + 1 < source.length() && "+-".indexOf(source.charAt(end + 1)) >= 0 ? 2 : 1);
        if (exponent < source.length() && "eE".indexOf(source.charAt(end)) >= 0 && isDigit(source.charAt(exponent))) {
            end = digits(exponent);
            real = true;
        }
        if (end < source.length() && isLetter(source.charAt(end))) {
            throw TemplateException.at(line, "a number is followed by a letter (%s)".formatted(source.charAt(end)));
        }
        add(real ? Kind.REAL : Kind.INTEGER, end);
    }

    private int digits(int from) {
        int end = from;
        while (end < source.length() && (isDigit(source.charAt(end)) || source.charAt(end) == '_')) {
            end++;
        }
        return end;
    }

    private void string(char quote) {
        int end = at + 1;
        while (end < source.length() && source.charAt(end) != quote) {
            end += source.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= source.length()) {
            throw TemplateException.at(line, "a text in quotes is not closed");
        }
        tokens.add(new Token(Kind.STRING, Texts.unescaped(source.substring(at + 1, end), line), line));
        advance(end + 1);
    }

    private void add(Kind kind, int end) {
        tokens.add(new Token(kind, source.substring(at, end), line));
        advance(end);
    }

    private void advance(int to) {
        for (; at < to; at++) {
            line += source.charAt(at) == '\n' ? 1 : 0;
        }
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
