package io.solera.reward.molecule.smarts;

import io.solera.reward.molecule.graph.Molecule;
import java.util.List;

/** One pattern of {@link Patterns}. */
public final class Smarts {
    private final Patterns patterns;

    private Smarts(Patterns patterns) {
        this.patterns = patterns;
    }

    public static Smarts of(String pattern) {
        return new Smarts(Patterns.of(List.of(pattern)));
    }

    /** Whether the pattern is anywhere in the molecule. */
    boolean in(Molecule molecule) {
        return patterns.in(molecule).found(0);
    }

    /** How many atoms can be the pattern's first. */
    public int count(Molecule molecule) {
        return patterns.in(molecule).firstAtoms(0);
    }

    /** How many different sets of atoms the pattern matches. */
    int matches(Molecule molecule) {
        return patterns.in(molecule).matches(0);
    }
}
