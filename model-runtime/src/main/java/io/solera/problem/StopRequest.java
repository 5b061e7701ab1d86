package io.solera.problem;

/**
 * Whether work should end before it is done. Who does it looks between units that are kept once they are done, such as
 * rounds, so that nothing is lost.
 */
public final class StopRequest {
    /** That nobody makes. */
    public static final StopRequest NEVER = new StopRequest("");

    private final String resume;
    private volatile boolean asked;

    /** @param resume the command that resumes the work */
    public StopRequest(String resume) {
        this.resume = resume;
    }

    public String resume() {
        return resume;
    }

    public void ask() {
        asked = true;
    }

    public boolean isAsked() {
        return asked;
    }

    /**
     * @param where the work is, with all of it kept, such as {@code after round 3 of 10}
     * @throws RunException if somebody asked
     */
    public void check(String where) {
        if (asked) {
            throw new RunException("Stopped %s by SIGTERM; resume with: %s".formatted(where, resume));
        }
    }
}
