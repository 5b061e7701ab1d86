package io.solera.reward.molecule;

/** Unpaired electrons, which SMILES does not write: what a main-group atom lacks to its octet, or has beyond its bonds. */
final class Radicals {
    private Radicals() {}

    static int count(Graph graph, int atom) {
        int z = graph.element[atom];
        if (Elements.valence(z) == 0) {
            return 0;
        }
        int valence = graph.valence(atom);
        int charge = graph.charge[atom];
        int outer = Elements.outerElectrons(z);
        int lacking = Math.max(0, (z == Elements.H ? 2 : 8) - outer - valence + charge);
        int unused = outer - valence - charge;
        return unused >= 0 ? Math.min(lacking, unused) : lacking;
    }
}
