package io.solera.reward.molecule.smarts;

import io.solera.reward.molecule.graph.BondKinds;
import java.util.List;

/**
 * A SMARTS pattern, ready to be looked for.
 *
 * @param written its atoms in the order of the text, for questions about its first atom
 * @param planned the same from its rarest atom
 * @param tests the distinct tests of its atoms
 * @param edges the distinct edges between them, see {@link Patterns.Edge}
 */
record Query(Node[] written, Node[] planned, int[] tests, int[] edges) {
    /**
     * An atom of a pattern.
     *
     * @param test the number of its test among those of the {@link Patterns}
     * @param parent the earlier atom it hangs on, -1 where a component starts
     * @param bond the {@link BondKinds} that the bond to the parent can be of
     * @param closures further bonds to earlier atoms
     */
    record Node(int test, int parent, int bond, List<Closure> closures) {}

    record Closure(int earlier, int bond) {}
}
