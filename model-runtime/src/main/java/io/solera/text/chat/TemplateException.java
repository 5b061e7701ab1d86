package io.solera.text.chat;

import io.solera.lang.Excerpt;
import io.solera.problem.Category;
import io.solera.problem.Problem;

/** A chat template that cannot be parsed, or that cannot write a conversation. */
public final class TemplateException extends IllegalArgumentException implements Problem {
    public TemplateException(String message) {
        super(message);
    }

    @Override
    public Category category() {
        return Category.DATA;
    }

    static TemplateException at(int line, String problem) {
        return new TemplateException("line %d: %s".formatted(line, problem));
    }

    /** A foreign text as a message can show it: short, in one line. */
    static String shown(String text) {
        return Excerpt.inLine(text, 60);
    }
}
