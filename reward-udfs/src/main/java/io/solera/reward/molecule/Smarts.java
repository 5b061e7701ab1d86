package io.solera.reward.molecule;

import java.util.List;

/**
 * A substructure pattern in the part of Daylight's SMARTS that the published tables use, matched by backtracking. Ring counts are
 * those of {@link Rings}, valences those of the Kekulé structure.
 */
final class Smarts {
    /** Atoms tried for one pattern in one molecule. */
    private static final int STEPS = 1_000_000;

    private final Node[] nodes;
    /** The same pattern from its rarest atom. */
    private final Node[] fromRarest;
    /** The kinds of each atom of the pattern, each kind list once. */
    private final int[] needed;

    /**
     * An atom of the pattern.
     *
     * @param parent the earlier atom it hangs on, -1 where a component starts
     * @param bond what the bond to the parent must be
     * @param closures further bonds to earlier atoms
     */
    record Node(AtomTest atom, int parent, BondTest bond, List<Closure> closures) {}

    record Closure(int earlier, BondTest bond) {}

    Smarts(List<Node> nodes) {
        this.nodes = nodes.toArray(Node[]::new);
        this.fromRarest = SearchPlan.fromRarest(nodes).toArray(Node[]::new);
        this.needed = nodes.stream()
                .mapToInt(node -> node.atom.kinds())
                .distinct()
                .sorted()
                .toArray();
    }

    static Smarts of(String pattern) {
        return new SmartsParser(pattern).parse();
    }

    /** Whether the pattern is anywhere in the molecule. */
    boolean in(Molecule molecule) {
        for (int kinds : needed) {
            if ((molecule.kinds & kinds) == 0) {
                return false;
            }
        }
        Search search = null;
        for (int atom = 0; atom < molecule.graph.atoms; atom++) {
            if (fromRarest[0].atom.holds(molecule, atom)) {
                if (search == null) {
                    search = new Search(molecule, fromRarest);
                }
                if (search.from(atom)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether the pattern's first atom can be this one. */
    boolean at(Molecule molecule, int atom) {
        return nodes[0].atom.holds(molecule, atom) && (nodes.length == 1 || new Search(molecule, nodes).from(atom));
    }

    /** The kinds of atom that the first one can be. */
    int firstKinds() {
        return nodes[0].atom.kinds();
    }

    /** How many atoms can be the pattern's first. */
    int count(Molecule molecule) {
        int count = 0;
        for (int atom = 0; atom < molecule.graph.atoms; atom++) {
            if (at(molecule, atom)) {
                count++;
            }
        }
        return count;
    }

    private static final class Search {
        private final Molecule molecule;
        private final Node[] nodes;
        private final int[] image;
        private final boolean[] used;
        private int steps;

        Search(Molecule molecule, Node[] nodes) {
            this.molecule = molecule;
            this.nodes = nodes;
            this.image = new int[nodes.length];
            this.used = new boolean[molecule.graph.atoms];
        }

        boolean from(int atom) {
            image[0] = atom;
            used[atom] = true;
            boolean found = rest(1);
            used[atom] = false;
            return found;
        }

        private boolean rest(int next) {
            if (next == nodes.length) {
                return true;
            }
            Node node = nodes[next];
            if (node.parent < 0) {
                for (int atom = 0; atom < used.length; atom++) {
                    if (place(node, next, atom)) {
                        return true;
                    }
                }
                return false;
            }
            int parent = image[node.parent];
            int[] neighbours = molecule.graph.neighbours[parent];
            for (int k = 0; k < neighbours.length; k++) {
                if (!used[neighbours[k]]
                        && node.bond.holds(molecule, molecule.graph.bondsAt[parent][k])
                        && place(node, next, neighbours[k])) {
                    return true;
                }
            }
            return false;
        }

        private boolean place(Node node, int index, int atom) {
            if (++steps > STEPS) {
                throw new LimitExceededException("more than " + STEPS + " steps for a pattern");
            }
            if (used[atom] || !node.atom.holds(molecule, atom) || !closes(node, atom)) {
                return false;
            }
            image[index] = atom;
            used[atom] = true;
            if (rest(index + 1)) {
                return true;
            }
            used[atom] = false;
            return false;
        }

        private boolean closes(Node node, int atom) {
            for (Closure closure : node.closures) {
                int bond = molecule.graph.bondBetween(atom, image[closure.earlier]);
                if (bond < 0 || !closure.bond.holds(molecule, bond)) {
                    return false;
                }
            }
            return true;
        }
    }
}
