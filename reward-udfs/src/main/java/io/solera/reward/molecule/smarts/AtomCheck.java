package io.solera.reward.molecule.smarts;

import io.solera.reward.molecule.graph.Trait;

/** A question about an atom that its traits' bits do not answer. */
sealed interface AtomCheck {
    boolean holds(Matching matching, int atom);

    AtomCheck not();

    /** Whether a number is within bounds, both included. */
    record Within(Trait trait, int low, int high, boolean wanted) implements AtomCheck {
        @Override
        public boolean holds(Matching matching, int atom) {
            int value = trait.of(matching.molecule(), atom);
            return (low <= value && value <= high) == wanted;
        }

        @Override
        public AtomCheck not() {
            return new Within(trait, low, high, !wanted);
        }
    }

    /** Whether the atom is the first of a pattern inside {@code $(...)}. */
    record Inner(int index, boolean wanted) implements AtomCheck {
        @Override
        public boolean holds(Matching matching, int atom) {
            return matching.inner(index, atom) == wanted;
        }

        @Override
        public AtomCheck not() {
            return new Inner(index, !wanted);
        }
    }

    /** Whether a test with many terms holds. */
    record Either(AtomTest test, boolean wanted) implements AtomCheck {
        @Override
        public boolean holds(Matching matching, int atom) {
            return test.holds(matching, atom) == wanted;
        }

        @Override
        public AtomCheck not() {
            return new Either(test, !wanted);
        }
    }
}
