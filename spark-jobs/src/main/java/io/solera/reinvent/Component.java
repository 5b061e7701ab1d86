package io.solera.reinvent;

import java.util.List;

/**
 * A scoring component that has a counterpart.
 *
 * @param name in small letters, without - and _, as REINVENT looks it up
 * @param onUnit whether its values are on [0, 1], so that it needs no transform
 * @param reward the calls of the catalogue with an endpoint's parameters; none where these have no counterpart
 */
record Component(String name, Role role, boolean onUnit, Maker reward) {
    /** How REINVENT puts the component's score into the total score. */
    enum Role {
        /** A term of the weighted mean. */
        SCORER,
        /** A molecule that it fails has the score 0. */
        FILTER,
        /** The mean is multiplied with it. */
        PENALTY
    }

    interface Maker {
        List<String> calls(Section parameters, List<Note> notes);
    }

    /** A reward without arguments. */
    static Component plain(String name, String reward) {
        return new Component(name, Role.SCORER, false, (parameters, notes) -> List.of(reward));
    }

    static Component scorer(String name, boolean onUnit, Maker reward) {
        return new Component(name, Role.SCORER, onUnit, reward);
    }
}
