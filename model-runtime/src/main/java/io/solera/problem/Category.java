package io.solera.problem;

/** Whose turn it is when something went wrong. */
public enum Category {
    /** A job, an option or a path that cannot be done: correct it. */
    REQUEST,
    /** Data, models or run folders that are damaged or empty: correct them. */
    DATA,
    /** Something broke on the way: run again, with {@code --resume} where there is one. */
    RUN,
    /** Another driver uses the run folder, or may: run again later, or with {@code --wait}. */
    LOCKED,
    /** A fault in Solera: report it. */
    FAULT
}
