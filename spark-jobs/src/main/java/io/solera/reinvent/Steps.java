package io.solera.reinvent;

import java.util.List;

/**
 * REINVENT's steps as rounds of steps-per-round steps: the largest number up to 10 that divides the max_steps of every
 * stage, so that a run has as many steps; 10 where only 1 does.
 */
record Steps(int perRound) {
    private static final int MOST = 10;

    static Steps of(List<Integer> maxSteps) {
        int most = Math.min(
                MOST, maxSteps.stream().mapToInt(Integer::intValue).min().orElse(1));
        for (int m = most; m > 1; m--) {
            int steps = m;
            if (maxSteps.stream().allMatch(max -> max % steps == 0)) {
                return new Steps(m);
            }
        }
        return new Steps(most);
    }

    /** Rounds that have at least so many steps. */
    int rounds(int steps) {
        return Math.max(1, (steps + perRound - 1) / perRound);
    }
}
