package io.solera.text.chat;

import io.solera.lang.Excerpt;

/** A chat template that cannot be parsed, or that cannot write a conversation. */
public final class TemplateException extends IllegalArgumentException {
    public TemplateException(String message) {
        super(message);
    }

    static TemplateException at(int line, String problem) {
        return new TemplateException("line %d: %s".formatted(line, problem));
    }

    /** A foreign text as a message can show it: short, in one line. */
    static String shown(String text) {
        return Excerpt.inLine(text, 60);
    }
}
