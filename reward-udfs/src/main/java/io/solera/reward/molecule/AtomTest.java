package io.solera.reward.molecule;

/** What a SMARTS pattern asks of an atom. */
interface AtomTest {
    boolean holds(Molecule molecule, int atom);

    default AtomTest and(AtomTest other) {
        return (molecule, atom) -> holds(molecule, atom) && other.holds(molecule, atom);
    }

    default AtomTest or(AtomTest other) {
        return (molecule, atom) -> holds(molecule, atom) || other.holds(molecule, atom);
    }

    default AtomTest not() {
        return (molecule, atom) -> !holds(molecule, atom);
    }
}
