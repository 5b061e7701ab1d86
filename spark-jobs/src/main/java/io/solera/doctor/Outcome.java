package io.solera.doctor;

import java.io.Serializable;

/**
 * What a check says of a place.
 *
 * @param words what is there, or what is wrong
 * @param wayOut what to do about it; empty where there is nothing to do
 */
public record Outcome(Status status, String words, String wayOut) implements Serializable {
    static Outcome ok(String words) {
        return new Outcome(Status.OK, words, "");
    }

    static Outcome warning(String words, String wayOut) {
        return new Outcome(Status.WARNING, words, wayOut);
    }

    static Outcome failed(String words, String wayOut) {
        return new Outcome(Status.FAILED, words, wayOut);
    }

    /** In one line. */
    public String text() {
        return wayOut.isEmpty() ? words : words + "; way out: " + wayOut;
    }
}
