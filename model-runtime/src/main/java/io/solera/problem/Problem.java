package io.solera.problem;

/** An exception whose message is written for users, and that knows its category. */
public interface Problem {
    Category category();
}
