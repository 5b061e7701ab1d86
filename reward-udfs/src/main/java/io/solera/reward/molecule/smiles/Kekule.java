package io.solera.reward.molecule.smiles;

import io.solera.reward.molecule.graph.Elements;
import io.solera.reward.molecule.graph.LimitExceededException;
import io.solera.reward.molecule.graph.Rings;
import io.solera.reward.molecule.graph.Sketch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Single and double bonds for rings that are written as aromatic, found as RDKit finds them (Code/GraphMol/Kekulize.cpp): double bonds
 * are placed from atom to atom, and a wrong turn is taken back.
 */
final class Kekule {
    /** RDKit gives up a first search after 100, and repeats it in a canonical order of the atoms. */
    private static final int WRONG_TURNS = 2_000;
    /** Unknown atoms of a ring system that may take a double bond or not. */
    private static final int QUESTIONS = 12;

    private final Sketch sketch;
    private final Rings rings;
    private final boolean[] candidate;
    private final List<Integer> questions = new ArrayList<>();

    private Kekule(Sketch sketch, Rings rings) {
        this.sketch = sketch;
        this.rings = rings;
        this.candidate = new boolean[sketch.atoms];
    }

    /** Whether every aromatic atom is in a ring and gets its double bond; the types of bonds are set. */
    static boolean draw(Sketch sketch, Rings rings) {
        boolean[] written = sketch.aromaticAtoms();
        boolean any = false;
        for (boolean atom : written) {
            any |= atom;
        }
        if (!any || attempt(sketch, rings)) {
            return true;
        }
        // as RDKit tries again: with every atom of an aromatic bond taken as written in lower case
        for (int bond = 0; bond < sketch.bonds; bond++) {
            sketch.type[bond] = sketch.aromaticBond[bond] ? Sketch.AROMATIC : sketch.type[bond];
        }
        System.arraycopy(written, 0, sketch.aromatic, 0, written.length);
        return attempt(sketch, rings);
    }

    private static boolean attempt(Sketch sketch, Rings rings) {
        int[] before = new int[sketch.atoms];
        for (int atom = 0; atom < sketch.atoms; atom++) {
            sketch.implicit[atom] = ValenceModel.implicit(sketch, atom, false);
            before[atom] = sketch.explicitValence[atom] + sketch.implicit[atom];
        }
        Kekule kekule = new Kekule(sketch, rings);
        for (int[] system : kekule.systems()) {
            if (!kekule.solve(system)) {
                return false;
            }
        }
        boolean[] aromatic = sketch.aromatic.clone();
        boolean[] aromaticBond = sketch.aromaticBond.clone();
        Arrays.fill(sketch.aromatic, false);
        Arrays.fill(sketch.aromaticBond, false);
        boolean same = true;
        for (int atom = 0; atom < sketch.atoms; atom++) {
            same &= !aromatic[atom] || rings.atAtom[atom] > 0;
            int z = sketch.element[atom];
            if (aromatic[atom]
                    && (z == Elements.N || z == Elements.P)
                    && sketch.charge[atom] == 0
                    && sketch.hydrogens[atom] == 1) {
                sketch.complete[atom] = false;
                sketch.hydrogens[atom] = 0;
                ValenceModel.update(sketch, atom);
                same &= sketch.explicitValence[atom] + sketch.implicit[atom] == before[atom];
            }
        }
        for (int bond = 0; bond < sketch.bonds; bond++) {
            same &= sketch.type[bond] != Sketch.AROMATIC; // C:C in a chain has no order
        }
        if (!same) {
            sketch.aromaticBond = aromaticBond;
        }
        return same;
    }

    /** The atoms of rings that hang together over shared bonds, in ascending order. */
    private List<int[]> systems() {
        int[] system = new int[sketch.bonds];
        Arrays.fill(system, -1);
        List<BitSet> atomsOf = new ArrayList<>();
        for (int ring = 0; ring < rings.count(); ring++) {
            if (!known(rings.atoms[ring])) {
                continue;
            }
            BitSet atoms = new BitSet(sketch.atoms);
            for (int atom : rings.atoms[ring]) {
                atoms.set(atom);
            }
            int own = atomsOf.size();
            atomsOf.add(atoms);
            for (int bond : rings.bonds[ring]) {
                int other = system[bond];
                if (other >= 0 && other != own) {
                    atoms.or(atomsOf.get(other));
                    atomsOf.get(other).clear();
                    for (int b = 0; b < system.length; b++) {
                        system[b] = system[b] == other ? own : system[b];
                    }
                }
                system[bond] = own;
            }
        }
        return atomsOf.stream()
                .filter(atoms -> !atoms.isEmpty())
                .map(atoms -> atoms.stream().toArray())
                .toList();
    }

    private boolean known(int[] ring) {
        for (int atom : ring) {
            if (sketch.element[atom] != 0) {
                return true;
            }
        }
        return false;
    }

    private boolean solve(int[] system) {
        questions.clear();
        boolean[] done = new boolean[sketch.atoms];
        mark(system, done);
        if (place(system, candidate.clone(), done.clone())) {
            return true;
        }
        if (questions.size() > QUESTIONS) {
            throw new LimitExceededException("more than " + QUESTIONS + " unknown atoms in aromatic rings");
        }
        for (int subset = 1; subset < 1 << questions.size(); subset++) {
            boolean[] fewer = candidate.clone();
            for (int k = 0; k < questions.size(); k++) {
                if ((subset >> k & 1) != 0) {
                    fewer[questions.get(k)] = false;
                }
            }
            if (place(system, fewer, new boolean[sketch.atoms])) {
                return true;
            }
        }
        return false;
    }

    /** Finds the atoms that can take a double bond, and makes aromatic bonds single. */
    private void mark(int[] system, boolean[] done) {
        boolean any = false;
        for (int atom : system) {
            any |= sketch.element[atom] == 0 || sketch.aromaticAt(atom);
        }
        if (!any) {
            return;
        }
        BitSet seen = new BitSet(sketch.atoms);
        List<Integer> single = new ArrayList<>();
        for (int atom : system) {
            seen.set(atom);
            if (sketch.element[atom] != 0 && !sketch.aromaticAt(atom)) {
                done[atom] = true;
                continue;
            }
            int twice = 0;
            int ignored = 0;
            int plain = 0;
            for (int bond : sketch.bondsAt(atom)) {
                int other = sketch.other(bond, atom);
                if (sketch.element[other] != 0 && !sketch.aromatic[other] && seen.get(other)) {
                    plain++;
                }
                int type = sketch.type[bond];
                if (sketch.aromaticBond[bond]
                        && (type == Sketch.SINGLE || type == Sketch.DOUBLE || type == Sketch.AROMATIC)) {
                    twice += 2;
                    single.add(bond);
                } else {
                    int adds = (sketch.twiceValence(bond, atom) + 1) / 2;
                    twice += 2 * adds;
                    ignored += adds == 0 ? 1 : 0;
                }
            }
            if (sketch.element[atom] == 0 && plain < rings.atAtom[atom] && aromaticRing(atom)) {
                candidate[atom] = true;
                questions.add(atom);
            } else {
                candidate[atom] = takesDoubleBond(atom, twice / 2, ignored);
            }
        }
        for (int bond : single) {
            sketch.type[bond] = Sketch.SINGLE;
        }
    }

    /** Whether one of an atom's rings has an aromatic atom that is in no other ring. */
    private boolean aromaticRing(int atom) {
        for (int[] ring : rings.atoms) {
            if (Rings.contains(ring, atom)) {
                for (int member : ring) {
                    if (rings.atAtom[member] == 1 && sketch.aromaticAt(member)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private boolean takesDoubleBond(int atom, int orders, int ignored) {
        int z = sketch.element[atom];
        int charge = sketch.charge[atom];
        boolean early = Elements.early(z) || (z == Elements.C && charge > 0);
        int shift = early ? -charge : charge;
        int[] allowed = Elements.valences(z);
        int usual = allowed[0] + shift;
        int total = sketch.explicitValence[atom] + sketch.implicit[atom];
        for (int i = 1; i < allowed.length && total > usual && allowed[i] > 0; i++) {
            usual = allowed[i] + shift;
        }
        int sum = orders + sketch.allHydrogens(atom);
        int connections = sketch.neighbours(atom) + sketch.implicit[atom] - ignored;
        if (total == 5 && sum == 4 && usual == 3 && connections == 3 && shift == 0 && sketch.allHydrogens(atom) == 0) {
            usual = z == Elements.N || z == Elements.P || z == Elements.AS ? 5 : usual;
        }
        if (connections >= usual) {
            return false;
        }
        return usual == sum + 1 || (sketch.complete[atom] && usual == sum + 2);
    }

    private static final class Search {
        final boolean[] open;
        final boolean[] done;
        final List<Integer> order = new ArrayList<>();
        final Deque<Integer> stack = new ArrayDeque<>();
        final Map<Integer, Deque<Integer>> options = new HashMap<>();
        final Deque<Integer> turns = new ArrayDeque<>();
        final List<Integer> doubled = new ArrayList<>();

        Search(boolean[] open, boolean[] done) {
            this.open = open;
            this.done = done;
        }
    }

    private boolean place(int[] system, boolean[] open, boolean[] done) {
        BitSet inSystem = new BitSet(sketch.atoms);
        for (int atom : system) {
            inSystem.set(atom);
        }
        Search search = new Search(open, done);
        int wrong = 0;
        while (true) {
            int current = search.stack.isEmpty() ? firstOpen(system, search.done) : search.stack.removeFirst();
            if (current < 0) {
                return true;
            }
            search.done[current] = true;
            search.order.add(current);
            Deque<Integer> options = search.options.get(current);
            boolean again = options != null;
            if (options == null) {
                options = reach(search, inSystem, current);
            }
            if (!search.open[current]) {
                continue;
            }
            if (!options.isEmpty()) {
                join(search, current, options, again);
            } else if (sketch.element[current] != 0) {
                Integer last = search.turns.peekLast();
                if (last == null || wrong++ >= WRONG_TURNS) {
                    search.doubled.forEach(bond -> sketch.type[bond] = Sketch.SINGLE);
                    return false;
                }
                back(search, last);
            }
        }
    }

    private static int firstOpen(int[] system, boolean[] done) {
        for (int atom : system) {
            if (!done[atom]) {
                return atom;
            }
        }
        return -1;
    }

    /** Puts an atom's neighbours on the stack; those that it could have a double bond to are returned. */
    private Deque<Integer> reach(Search search, BitSet inSystem, int current) {
        Deque<Integer> options = new ArrayDeque<>();
        int[] neighbours = Arrays.stream(sketch.bondsAt(current))
                .map(bond -> sketch.other(bond, current))
                .filter(atom -> inSystem.get(atom) && !search.done[atom])
                .sorted()
                .toArray();
        List<Integer> fresh = new ArrayList<>();
        for (int neighbour : neighbours) {
            if (!search.stack.contains(neighbour)) {
                fresh.add(neighbour);
            }
            boolean drawable = sketch.aromaticBond[sketch.bondBetween(current, neighbour)]
                    || sketch.element[current] == 0
                    || sketch.element[neighbour] == 0;
            if (search.open[current] && search.open[neighbour] && drawable) {
                options.add(neighbour);
            }
        }
        search.stack.addAll(fresh);
        return options;
    }

    private void join(Search search, int current, Deque<Integer> options, boolean again) {
        int chosen = options.removeFirst();
        int bond = sketch.bondBetween(current, chosen);
        sketch.type[bond] = Sketch.DOUBLE;
        search.open[current] = false;
        search.open[chosen] = false;
        search.doubled.add(bond);
        if (again && options.isEmpty()) {
            search.options.remove(current);
            search.turns.removeLast();
        } else if (!again && !options.isEmpty()) {
            search.turns.addLast(current);
            search.options.put(current, options);
        }
    }

    /** Takes back what was done since an atom had several options. */
    private void back(Search search, int turn) {
        int from = search.order.indexOf(turn);
        List<Integer> undone = search.order.subList(from, search.order.size());
        BitSet kept = new BitSet(sketch.atoms);
        for (int atom = 0; atom < search.done.length; atom++) {
            if (search.done[atom]) {
                kept.set(atom);
            }
        }
        for (int i = undone.size() - 1; i >= 0; i--) {
            search.stack.addFirst(undone.get(i));
            search.done[undone.get(i)] = false;
            kept.clear(undone.get(i));
        }
        undone.clear();
        search.doubled.removeIf(bond -> {
            int a = sketch.begin[bond];
            int b = sketch.end[bond];
            if (kept.get(a) || kept.get(b)) {
                return false;
            }
            sketch.type[bond] = Sketch.SINGLE;
            search.open[a] = true;
            search.open[b] = true;
            return true;
        });
    }
}
