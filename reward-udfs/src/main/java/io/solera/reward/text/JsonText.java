package io.solera.reward.text;

import io.solera.reward.text.words.Characters;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A check whether a text is one JSON value, strictly by RFC 8259, with the names of the outermost object. It goes once through the
 * text and keeps open brackets as bits, so that deep nesting costs memory only.
 */
final class JsonText {
    private final String text;
    private final Set<String> names = new HashSet<>();
    private final BitSet objects = new BitSet();
    private int depth;
    private int at;

    private JsonText(String text) {
        this.text = text;
    }

    /** The names of the outermost object, none if the value is not an object; null when the text is not JSON. */
    static @Nullable Set<String> names(String text) {
        JsonText json = new JsonText(text);
        return json.document() ? json.names : null;
    }

    private boolean document() {
        space();
        while (true) {
            if (!opening()) {
                return false;
            }
            // A value is complete: close what it completes, until another one is due.
            while (true) {
                space();
                if (depth == 0) {
                    return at == text.length();
                }
                if (take(objects.get(depth) ? '}' : ']')) {
                    depth--;
                } else if (take(',')) {
                    space();
                    if (objects.get(depth) && !name()) {
                        return false;
                    }
                    break;
                } else {
                    return false;
                }
            }
        }
    }

    /** Brackets that open, down to a plain value or an empty pair of brackets, which are taken too. */
    private boolean opening() {
        while (true) {
            space();
            if (take('{')) {
                objects.set(++depth);
                space();
                if (take('}')) {
                    depth--;
                    return true;
                }
                if (!name()) {
                    return false;
                }
            } else if (take('[')) {
                objects.clear(++depth);
                space();
                if (take(']')) {
                    depth--;
                    return true;
                }
            } else {
                return plain();
            }
        }
    }

    private boolean name() {
        int start = at + 1;
        if (!string()) {
            return false;
        }
        if (depth == 1) {
            names.add(unescaped(start, at - 1));
        }
        space();
        return take(':');
    }

    private boolean plain() {
        if (at == text.length()) {
            return false;
        }
        return switch (text.charAt(at)) {
            case '"' -> string();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        };
    }

    private boolean string() {
        if (!take('"')) {
            return false;
        }
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return true;
            }
            if (c < ' ' || (c == '\\' && !escape())) {
                return false;
            }
        }
        return false;
    }

    private boolean escape() {
        if (at == text.length()) {
            return false;
        }
        char c = text.charAt(at++);
        if (c != 'u') {
            return "\"\\/bfnrt".indexOf(c) >= 0;
        }
        for (int end = at + 4; at < end; at++) {
            if (at == text.length() || !hexadecimal(text.charAt(at))) {
                return false;
            }
        }
        return true;
    }

    /** What a string means, which has been read as one. */
    private String unescaped(int start, int end) {
        StringBuilder out = new StringBuilder();
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                c = text.charAt(++i);
                if (c == 'u') {
                    c = (char) Integer.parseInt(text.substring(i + 1, i + 5), 16);
                    i += 4;
                } else {
                    int control = "bfnrt".indexOf(c);
                    c = control < 0 ? c : "\b\f\n\r\t".charAt(control);
                }
            }
            out.append(c);
        }
        return out.toString();
    }

    private boolean number() {
        take('-');
        if (!take('0') && !digits()) {
            return false;
        }
        if (take('.') && !digits()) {
            return false;
        }
        if (take('e') || take('E')) {
            if (!take('+')) {
                take('-');
            }
            return digits();
        }
        return true;
    }

    private boolean digits() {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at > start;
    }

    private boolean word(String word) {
        boolean there = text.startsWith(word, at);
        at += there ? word.length() : 0;
        return there;
    }

    private boolean take(char c) {
        boolean there = at < text.length() && text.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }

    private void space() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private static boolean hexadecimal(char c) {
        return Characters.within(c, '0', '9') || Characters.within(c, 'a', 'f') || Characters.within(c, 'A', 'F');
    }
}
