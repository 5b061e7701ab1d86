package io.solera.reward.molecule.smarts;

import io.solera.reward.molecule.graph.Graph;
import io.solera.reward.molecule.graph.LimitExceededException;
import io.solera.reward.molecule.graph.Molecule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * {@link Patterns} in one molecule, by backtracking. A pattern is looked for only if every test of its atoms has an atom that may pass and
 * every edge a bond. All searches together take a limited number of steps.
 */
public final class Matching {
    private static final int STEPS = 2_000_000;
    private static final int MATCHES = 10_000;
    private static final byte YES = 1;
    private static final byte NO = 2;

    private final Patterns patterns;
    private final Molecule molecule;
    private final int words;
    /** The atoms that pass a test by their bits, a set of words for each test; empty until it is asked for. */
    private final long[] may;

    private final byte[] mayAny;
    private final byte[] edges;
    private final byte[] inner;
    private final List<Frame> frames = new ArrayList<>();
    private int depth;
    private int steps;

    /** The state of one search; a search inside {@code $(...)} has a frame of its own. */
    private static final class Frame {
        private final int[] image;
        private final boolean[] used;

        Frame(int nodes, int atoms) {
            image = new int[nodes];
            used = new boolean[atoms];
        }
    }

    /** What becomes of a complete match; true ends the search. */
    private interface Found {
        boolean ends(int[] image);
    }

    private static final Found FIRST = image -> true;

    Matching(Patterns patterns, Molecule molecule) {
        this.patterns = patterns;
        this.molecule = molecule;
        this.words = (molecule.graph.atoms + 63) >>> 6;
        this.may = new long[patterns.tests.length * words];
        this.mayAny = new byte[patterns.tests.length];
        this.edges = new byte[patterns.edges.length];
        this.inner = new byte[patterns.inner.length * molecule.graph.atoms];
    }

    Molecule molecule() {
        return molecule;
    }

    /** Whether a pattern is anywhere in the molecule. */
    public boolean found(int number) {
        Query pattern = patterns.patterns[number];
        return possible(pattern) && search(pattern.planned(), FIRST);
    }

    /** Whether a pattern's first atom can be this one. */
    public boolean at(int number, int atom) {
        return at(patterns.patterns[number].written(), atom);
    }

    /** How many atoms can be a pattern's first. */
    public int firstAtoms(int number) {
        Query pattern = patterns.patterns[number];
        int count = 0;
        for (int atom = 0; atom < molecule.graph.atoms && possible(pattern); atom++) {
            count += at(pattern.written(), atom) ? 1 : 0;
        }
        return count;
    }

    /** How many different sets of atoms a pattern matches. */
    public int matches(int number) {
        Query pattern = patterns.patterns[number];
        Set<List<Long>> sets = new HashSet<>();
        if (possible(pattern)) {
            Query.Node[] nodes = pattern.planned();
            search(nodes, image -> {
                Long[] set = new Long[words];
                Arrays.fill(set, 0L);
                for (int i = 0; i < nodes.length; i++) {
                    set[image[i] >>> 6] |= 1L << image[i];
                }
                if (sets.add(List.of(set)) && sets.size() > MATCHES) {
                    throw new LimitExceededException("more than " + MATCHES + " matches of a pattern");
                }
                return false;
            });
        }
        return sets.size();
    }

    /** Whether an atom is the first of a pattern inside {@code $(...)}. */
    boolean inner(int number, int atom) {
        int place = number * molecule.graph.atoms + atom;
        if (inner[place] == 0) {
            inner[place] = at(patterns.inner[number].written(), atom) ? YES : NO;
        }
        return inner[place] == YES;
    }

    private boolean possible(Query pattern) {
        for (int test : pattern.tests()) {
            if (!mayAny(test)) {
                return false;
            }
        }
        for (int edge : pattern.edges()) {
            if (!mayEdge(edge)) {
                return false;
            }
        }
        return true;
    }

    private boolean mayAny(int test) {
        if (mayAny[test] == 0) {
            AtomTest asked = patterns.tests[test];
            boolean any = false;
            for (int atom = 0; atom < molecule.graph.atoms; atom++) {
                if (asked.may(molecule, atom)) {
                    may[test * words + (atom >>> 6)] |= 1L << atom;
                    any = true;
                }
            }
            mayAny[test] = any ? YES : NO;
        }
        return mayAny[test] == YES;
    }

    private boolean may(int test, int atom) {
        return (may[test * words + (atom >>> 6)] >>> atom & 1) != 0;
    }

    private boolean mayEdge(int number) {
        if (edges[number] == 0) {
            Patterns.Edge edge = patterns.edges[number];
            Graph graph = molecule.graph;
            byte found = NO;
            for (int bond = 0; bond < graph.bonds && found == NO; bond++) {
                int a = graph.begin[bond];
                int b = graph.end[bond];
                if ((molecule.bondKind[bond] & edge.bond()) != 0
                        && ((may(edge.a(), a) && may(edge.b(), b)) || (may(edge.a(), b) && may(edge.b(), a)))) {
                    found = YES;
                }
            }
            edges[number] = found;
        }
        return edges[number] == YES;
    }

    private boolean holds(int test, int atom) {
        return mayAny(test) && may(test, atom) && (patterns.plain[test] || patterns.tests[test].holds(this, atom));
    }

    private boolean at(Query.Node[] nodes, int atom) {
        if (!holds(nodes[0].test(), atom)) {
            return false;
        }
        return nodes.length == 1 || from(nodes, atom, FIRST);
    }

    private boolean search(Query.Node[] nodes, Found found) {
        for (int atom = 0; atom < molecule.graph.atoms; atom++) {
            if (holds(nodes[0].test(), atom) && from(nodes, atom, found)) {
                return true;
            }
        }
        return false;
    }

    private boolean from(Query.Node[] nodes, int atom, Found found) {
        if (depth == frames.size()) {
            frames.add(new Frame(patterns.longest, molecule.graph.atoms));
        }
        Frame frame = frames.get(depth++);
        frame.image[0] = atom;
        frame.used[atom] = true;
        boolean ended = rest(nodes, 1, frame, found);
        frame.used[atom] = false;
        depth--;
        return ended;
    }

    private boolean rest(Query.Node[] nodes, int next, Frame frame, Found found) {
        if (next == nodes.length) {
            return found.ends(frame.image);
        }
        Query.Node node = nodes[next];
        if (node.parent() < 0) {
            for (int atom = 0; atom < molecule.graph.atoms; atom++) {
                if (place(nodes, next, atom, frame, found)) {
                    return true;
                }
            }
            return false;
        }
        int parent = frame.image[node.parent()];
        int[] neighbours = molecule.graph.neighbours[parent];
        int[] bonds = molecule.graph.bondsAt[parent];
        for (int k = 0; k < neighbours.length; k++) {
            if ((molecule.bondKind[bonds[k]] & node.bond()) != 0 && place(nodes, next, neighbours[k], frame, found)) {
                return true;
            }
        }
        return false;
    }

    private boolean place(Query.Node[] nodes, int index, int atom, Frame frame, Found found) {
        if (++steps > STEPS) {
            throw new LimitExceededException("more than " + STEPS + " steps for patterns");
        }
        Query.Node node = nodes[index];
        if (frame.used[atom] || !holds(node.test(), atom) || !closes(node, atom, frame)) {
            return false;
        }
        frame.image[index] = atom;
        frame.used[atom] = true;
        boolean ended = rest(nodes, index + 1, frame, found);
        frame.used[atom] = false;
        return ended;
    }

    private boolean closes(Query.Node node, int atom, Frame frame) {
        List<Query.Closure> closures = node.closures();
        for (int i = 0; i < closures.size(); i++) {
            Query.Closure closure = closures.get(i);
            int bond = molecule.graph.bondBetween(atom, frame.image[closure.earlier()]);
            if (bond < 0 || (molecule.bondKind[bond] & closure.bond()) == 0) {
                return false;
            }
        }
        return true;
    }
}
