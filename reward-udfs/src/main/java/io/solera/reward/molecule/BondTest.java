package io.solera.reward.molecule;

/** What a SMARTS pattern asks of a bond. */
interface BondTest {
    BondTest SINGLE_OR_AROMATIC = (molecule, bond) -> molecule.aromaticBond[bond] || molecule.graph.order[bond] == 1;

    boolean holds(Molecule molecule, int bond);

    default BondTest and(BondTest other) {
        return (molecule, bond) -> holds(molecule, bond) && other.holds(molecule, bond);
    }

    default BondTest or(BondTest other) {
        return (molecule, bond) -> holds(molecule, bond) || other.holds(molecule, bond);
    }

    default BondTest not() {
        return (molecule, bond) -> !holds(molecule, bond);
    }
}
