package io.solera.reward.molecule.smiles;

import io.solera.reward.molecule.graph.Elements;
import io.solera.reward.molecule.graph.Sketch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the grammar of SMILES as RDKit's parser does (Code/GraphMol/SmilesParse/smiles.yy), with its extensions: dative bonds
 * {@code ->} and {@code <-}, any bond {@code ~}, {@code $}, atoms by number, ring numbers in {@code %(...)}.
 */
final class SmilesText {
    private static final int LARGEST_NUMBER = 65_535;
    private static final int MOST_HYDROGENS = 255;
    private static final int LARGEST_CHARGE = 127;
    private static final int RING_DIGITS = 5;
    private static final int UNSPECIFIED = -1;
    private static final Map<String, Integer> AROMATIC_IN_BRACKETS =
            Map.of("si", Elements.SI, "as", Elements.AS, "se", Elements.SE, "te", Elements.TE);
    private static final Map<String, Integer> PERMUTATIONS = Map.of("TH", 2, "AL", 2, "SP", 3, "TB", 20, "OH", 30);

    /** Where in a text the sign of a bond is, read from one atom to another. */
    record Sign(int at, int from, int to) {}

    /** A ring bond whose other end is yet to come; {@code place} is where its atom awaits it. */
    private record Open(int atom, int place, int type, int direction, int at) {}

    private final String text;
    private final Sketch sketch = new Sketch();
    private final Map<Integer, Open> open = new HashMap<>();
    private final Deque<Integer> branches = new ArrayDeque<>();
    private final List<Sign> signs = new ArrayList<>();
    private final List<Integer> starts = new ArrayList<>();
    private int at;
    private int active;
    /** Of the bond that was read last. */
    private int type;

    private int typeAt;
    private int direction;
    private boolean leftwards;

    private SmilesText(String text) {
        this.text = text;
    }

    /** The text without the extension that may follow a SMILES after a space: {@code CCO |o1:1|}. */
    static String withoutExtension(String text) {
        for (int i = 1; i < text.length(); i++) {
            if (text.charAt(i) <= ' ') {
                String tail = text.substring(i).strip();
                boolean whole = tail.length() > 1 && tail.charAt(0) == '|' && tail.indexOf('|', 1) > 0;
                return whole ? text.substring(0, i) : text;
            }
        }
        return text;
    }

    /** What a string says, or null when it is no SMILES. */
    static @Nullable Sketch read(String text) {
        SmilesText reader = new SmilesText(text);
        return reader.molecule() ? reader.sketch : null;
    }

    /** Where a SMILES has the signs of quadruple bonds, and its atoms, in the order of the text. */
    record Places(List<Sign> quadrupleBonds, int[] atoms) {}

    static Places places(String text) {
        SmilesText reader = new SmilesText(text);
        if (!reader.molecule()) {
            throw new IllegalArgumentException(
                    "Invalid SMILES: %s (must be one that was written here)".formatted(text));
        }
        reader.signs.sort(Comparator.comparingInt(Sign::at));
        return new Places(
                reader.signs, reader.starts.stream().mapToInt(Integer::intValue).toArray());
    }

    private boolean molecule() {
        if (!atom() || !first()) {
            return false;
        }
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ')') {
                if (branches.isEmpty()) {
                    return false;
                }
                active = branches.pop();
                at++;
            } else if (c == '.') {
                at++;
                if (!atom() || !first()) {
                    return false;
                }
            } else if (c == '(') {
                at++;
                int root = active;
                bond();
                if (!atom() || !joined()) {
                    return false;
                }
                branches.push(root);
            } else {
                bond();
                if (at == text.length()) {
                    return false;
                }
                boolean ring = text.charAt(at) == '%' || digit(at);
                if (ring ? !ring() : !atom() || !joined()) {
                    return false;
                }
            }
        }
        return branches.isEmpty() && open.isEmpty();
    }

    /** Makes the atom that was read last the active one, without a bond. */
    private boolean first() {
        active = sketch.atoms - 1;
        hydrogenOf(active);
        return true;
    }

    private boolean joined() {
        int next = sketch.atoms - 1;
        int kind = type == UNSPECIFIED ? usual(active, next) : type;
        int bond = leftwards ? sketch.addBond(next, active, kind, 0) : sketch.addBond(active, next, kind, direction);
        sketch.chain[bond] = true;
        sign(kind, typeAt, active, next);
        sketch.write(active, bond);
        sketch.write(next, bond);
        hydrogenOf(next);
        active = next;
        return true;
    }

    private int usual(int a, int b) {
        return sketch.aromatic[a] && sketch.aromatic[b] ? Sketch.AROMATIC : Sketch.SINGLE;
    }

    private void hydrogenOf(int atom) {
        for (int i = 0; i < sketch.hydrogens[atom] && i < 4; i++) {
            sketch.write(atom, Sketch.HYDROGEN);
        }
    }

    /** Reads a bond where there is one. */
    private void bond() {
        type = UNSPECIFIED;
        direction = 0;
        leftwards = false;
        if (text.startsWith("->", at) || text.startsWith("<-", at)) {
            type = Sketch.DATIVE;
            leftwards = text.charAt(at) == '<';
            at += 2;
            return;
        }
        if (at == text.length()) {
            return;
        }
        typeAt = at;
        int known = "~-=#$:/\\".indexOf(text.charAt(at));
        if (known < 0) {
            return;
        }
        at++;
        switch (known) {
            case 0, 1, 2, 3, 4 -> type = known;
            case 5 -> type = Sketch.AROMATIC;
            case 6 -> direction = 1;
            default -> {
                direction = -1;
                at += text.startsWith("\\", at) ? 1 : 0;
            }
        }
    }

    private boolean ring() {
        int number = ringNumber();
        if (number < 0) {
            return false;
        }
        int kind = type;
        int slant = leftwards ? 2 : direction;
        int place = sketch.write(active, Sketch.HYDROGEN);
        Open other = open.remove(number);
        if (other == null) {
            open.put(number, new Open(active, place, kind, slant, typeAt));
            return true;
        }
        if (other.atom == active || sketch.bondBetween(other.atom, active) >= 0) {
            return false;
        }
        boolean firstCounts = other.type != UNSPECIFIED;
        int from = firstCounts ? other.atom : active;
        int to = firstCounts ? active : other.atom;
        int chosen = firstCounts ? other.type : kind;
        int drawn = firstCounts ? other.direction : slant;
        if (chosen == Sketch.DATIVE && drawn == 2) {
            int swap = from;
            from = to;
            to = swap;
        }
        if (chosen == Sketch.DATIVE) {
            drawn = 0;
        } else if (drawn == 0) {
            int elsewhere = firstCounts ? slant : other.direction;
            drawn = elsewhere == 2 ? 0 : -elsewhere;
        }
        boolean plain = chosen == UNSPECIFIED || chosen == Sketch.ANY; // RDKit takes ~ at a ring number so
        int bond = sketch.addBond(from, to, plain ? usual(from, to) : chosen, drawn);
        sign(other.type, other.at, other.atom, active);
        sign(kind, typeAt, active, other.atom);
        sketch.written[other.atom][other.place] = bond;
        sketch.written[active][place] = bond;
        return true;
    }

    private void sign(int kind, int position, int from, int to) {
        if (kind == Sketch.QUADRUPLE) {
            signs.add(new Sign(position, from, to));
        }
    }

    private int ringNumber() {
        if (text.charAt(at) != '%') {
            return text.charAt(at++) - '0';
        }
        if (text.startsWith("(", at + 1)) {
            int close = text.indexOf(')', at);
            int start = at + 2;
            if (close <= start || close - start > RING_DIGITS) {
                return -1;
            }
            for (int i = start; i < close; i++) {
                if (!digit(i)) {
                    return -1;
                }
            }
            at = close + 1;
            return Integer.parseInt(text.substring(start, close));
        }
        if (!digit(at + 1) || text.charAt(at + 1) == '0' || !digit(at + 2)) {
            return -1;
        }
        at += 3;
        return Integer.parseInt(text.substring(at - 2, at));
    }

    private boolean atom() {
        if (at == text.length()) {
            return false;
        }
        starts.add(at);
        if (text.charAt(at) == '[') {
            return bracket();
        }
        if (text.startsWith("Cl", at) || text.startsWith("Br", at)) {
            add(text.charAt(at) == 'C' ? Elements.CL : Elements.BR, false);
            at += 2;
            return true;
        }
        char c = text.charAt(at);
        if ("BCNOPSFI*bcnops".indexOf(c) < 0) {
            return false;
        }
        add(Elements.number(String.valueOf(Character.toUpperCase(c))), Character.isLowerCase(c));
        at++;
        return true;
    }

    private void add(int element, boolean aromatic) {
        int atom = sketch.addAtom();
        sketch.element[atom] = element;
        sketch.aromatic[atom] = aromatic;
    }

    private boolean bracket() {
        at++;
        int isotope = digit(at) ? number(LARGEST_NUMBER) : 0;
        if (isotope < 0) {
            return false;
        }
        boolean hydrogen =
                text.startsWith("H", at) && !(at + 1 < text.length() && "efgos".indexOf(text.charAt(at + 1)) >= 0);
        if (!symbol()) {
            return false;
        }
        int atom = sketch.atoms - 1;
        sketch.isotope[atom] = isotope;
        sketch.complete[atom] = true;
        if (!hydrogen && !chirality(atom)) {
            return false;
        }
        if (text.startsWith("H", at)) {
            at++;
            sketch.hydrogens[atom] = digit(at) ? number(MOST_HYDROGENS) : 1;
        }
        return sketch.hydrogens[atom] >= 0 && charge(atom) && mapped(atom) && text.startsWith("]", at++);
    }

    private boolean symbol() {
        if (text.startsWith("#", at)) {
            at++;
            int number = digit(at) ? number(Elements.LARGEST) : -1;
            if (number >= 0) {
                add(number, false);
            }
            return number >= 0;
        }
        int quotes = text.startsWith("'", at) ? 1 : 0;
        for (int length = quotes == 1 ? 2 : 3; length > 0; length--) {
            int stop = at + quotes + length;
            if (stop + quotes > text.length() || (quotes == 1 && text.charAt(stop) != '\'')) {
                continue;
            }
            String name = text.substring(at + quotes, stop);
            Integer aromatic = AROMATIC_IN_BRACKETS.get(name);
            boolean small = length == 1 && "bcnops".contains(name);
            if (quotes == 1 ? Elements.synthetic(name) : aromatic != null || small || Elements.known(name)) {
                int element = aromatic != null
                        ? aromatic
                        : Elements.number(small ? String.valueOf(Character.toUpperCase(name.charAt(0))) : name);
                add(element, aromatic != null || small);
                at = stop + quotes;
                return true;
            }
            if (quotes == 1) {
                return false;
            }
        }
        return false;
    }

    private boolean chirality(int atom) {
        if (!text.startsWith("@", at)) {
            return true;
        }
        at++;
        String kind = at + 2 <= text.length() ? text.substring(at, at + 2) : "";
        Integer most = PERMUTATIONS.get(kind);
        if (most == null) {
            boolean twice = text.startsWith("@", at);
            at += twice ? 1 : 0;
            sketch.chirality[atom] = twice ? 2 : 1;
            return true;
        }
        at += 2;
        int permutation = digit(at) ? number(LARGEST_NUMBER) : -1;
        sketch.chirality[atom] = kind.equals("TH") ? Math.max(1, permutation) : 3;
        return permutation == -1 || (permutation > 0 && permutation <= most);
    }

    private boolean charge(int atom) {
        if (at == text.length() || (text.charAt(at) != '+' && text.charAt(at) != '-')) {
            return true;
        }
        char sign = text.charAt(at++);
        int size = 1;
        if (digit(at)) {
            size = number(LARGEST_CHARGE);
        } else if (at < text.length() && text.charAt(at) == sign) {
            at++;
            size = 2;
        }
        sketch.charge[atom] = sign == '+' ? size : -size;
        return size >= 0;
    }

    private boolean mapped(int atom) {
        if (!text.startsWith(":", at)) {
            return true;
        }
        at++;
        sketch.map[atom] = digit(at) ? number(Integer.MAX_VALUE / 10) : -1;
        return sketch.map[atom] >= 0;
    }

    /** A number without leading zeros, -1 when it is greater than what is allowed. */
    private int number(int most) {
        if (text.charAt(at) == '0') {
            at++;
            return 0;
        }
        long value = 0;
        while (digit(at)) {
            value = Math.min(10 * value + (text.charAt(at++) - '0'), 1L + Integer.MAX_VALUE);
        }
        return value > most ? -1 : (int) value;
    }

    private boolean digit(int index) {
        return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }
}
