package io.solera.text.chat;

/**
 * The limits of a template for one conversation. Templates come with foreign models: none may use unbounded memory or
 * time. Real ones take some hundred steps per message.
 */
final class Meter {
    private static final int STEPS = 1_000_000;
    /** Total characters of intermediate texts. */
    private static final long MADE = 1L << 25;
    /** The cost of a list entry, by the memory it takes. */
    private static final int ENTRY = 16;
    /** Total comparisons of characters. */
    private static final long COMPARED = 1L << 31;
    /** Levels of evaluation, within the limits of a thread's stack. */
    private static final int DEPTH = 300;

    /** The line in the source. */
    int line = 1;

    private long steps;
    private long made;
    private long compared;
    private int depth;

    void step() {
        if (++steps > STEPS) {
            throw new TemplateException("the template takes more than %d steps for a conversation".formatted(STEPS));
        }
    }

    void made(long size) {
        made += size;
        if (size > MADE || made > MADE) {
            throw new TemplateException(
                    "the template makes more than %d characters on the way to a conversation".formatted(MADE));
        }
    }

    /** Entries of lists. */
    void listed(long entries) {
        made(Math.min(entries, MADE) * ENTRY);
    }

    /** Counts a search for a text in another, in the worst case. */
    void searched(String text, String part) {
        compared += (long) text.length() * Math.max(1, part.length());
        if (compared > COMPARED) {
            throw new TemplateException(
                    "the template compares more than %d characters for a conversation".formatted(COMPARED));
        }
    }

    void enter() {
        step();
        if (++depth > DEPTH) {
            throw new TemplateException("more than %d levels of calls and expressions".formatted(DEPTH));
        }
    }

    void leave() {
        depth--;
    }
}
