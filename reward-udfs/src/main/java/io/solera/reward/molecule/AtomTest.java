package io.solera.reward.molecule;

/**
 * What a SMARTS pattern asks of an atom.
 *
 * @param kinds the {@link Kinds} that can pass
 * @param check what else is asked
 */
record AtomTest(int kinds, Check check) {
    /** A question about one atom. */
    interface Check {
        boolean holds(Molecule molecule, int atom);
    }

    private static final Check NOTHING = (molecule, atom) -> true;

    static AtomTest kinds(int kinds) {
        return new AtomTest(kinds, NOTHING);
    }

    static AtomTest any(Check check) {
        return new AtomTest(Kinds.ALL, check);
    }

    boolean holds(Molecule molecule, int atom) {
        return (molecule.kind[atom] & kinds) != 0 && check.holds(molecule, atom);
    }

    AtomTest and(AtomTest other) {
        Check both = check == NOTHING
                ? other.check
                : other.check == NOTHING
                        ? check
                        : (molecule, atom) -> check.holds(molecule, atom) && other.check.holds(molecule, atom);
        return new AtomTest(kinds & other.kinds, both);
    }

    AtomTest or(AtomTest other) {
        boolean plain = check == NOTHING && other.check == NOTHING;
        return new AtomTest(
                kinds | other.kinds,
                plain ? NOTHING : (molecule, atom) -> holds(molecule, atom) || other.holds(molecule, atom));
    }

    AtomTest not() {
        return check == NOTHING ? kinds(Kinds.ALL & ~kinds) : any((molecule, atom) -> !holds(molecule, atom));
    }
}
