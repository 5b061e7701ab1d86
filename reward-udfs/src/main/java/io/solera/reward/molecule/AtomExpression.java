package io.solera.reward.molecule;

/** The atom part of SMARTS: organic symbols, and primitives in brackets with {@code ! & , ;} and {@code $(...)}. */
final class AtomExpression {
    private AtomExpression() {}

    static AtomTest read(SmartsText text) {
        if (!text.take('[')) {
            return outsideBrackets(text);
        }
        AtomTest all = either(text);
        while (text.take(';')) {
            all = all.and(either(text));
        }
        if (!text.take(']')) {
            throw text.error("a bracket stays open");
        }
        return all;
    }

    private static AtomTest outsideBrackets(SmartsText text) {
        if (text.take("Cl")) {
            return aliphatic(Elements.CL);
        } else if (text.take("Br")) {
            return aliphatic(Elements.BR);
        }
        return letter(text, text.next());
    }

    private static AtomTest either(SmartsText text) {
        AtomTest any = both(text);
        while (text.take(',')) {
            any = any.or(both(text));
        }
        return any;
    }

    private static AtomTest both(SmartsText text) {
        AtomTest sum = signed(text);
        while (",;]".indexOf(text.peek()) < 0) {
            text.take('&');
            sum = sum.and(signed(text));
        }
        return sum;
    }

    private static AtomTest signed(SmartsText text) {
        return text.take('!') ? primitive(text).not() : primitive(text);
    }

    private static AtomTest primitive(SmartsText text) {
        if (text.take("$(")) {
            Smarts inner = Smarts.of(text.toClosing());
            return new AtomTest(inner.firstKinds(), inner::at);
        }
        if (Character.isDigit(text.peek())) {
            int isotope = text.number(0);
            return AtomTest.any((molecule, atom) -> molecule.graph.isotope[atom] == isotope);
        }
        String symbol = text.symbol();
        if (!symbol.isEmpty() && !symbol.equals("H") && !symbol.equals("*")) {
            return aliphatic(Elements.number(symbol));
        }
        if (text.take("se")) {
            return aromatic(Elements.SE);
        } else if (text.take("as")) {
            return aromatic(Elements.AS);
        }
        return symbol.isEmpty() ? letter(text, text.next()) : letter(text, symbol.charAt(0));
    }

    private static AtomTest letter(SmartsText text, char c) {
        return switch (c) {
            case '*' -> AtomTest.kinds(Kinds.ALL);
            case 'a' -> AtomTest.kinds(Kinds.AROMATIC);
            case 'A' -> AtomTest.kinds(Kinds.ALIPHATIC);
            case 'b' -> aromatic(Elements.B);
            case 'c' -> aromatic(Elements.C);
            case 'n' -> aromatic(Elements.N);
            case 'o' -> aromatic(Elements.O);
            case 'p' -> aromatic(Elements.P);
            case 's' -> aromatic(Elements.S);
            case 'B', 'C', 'N', 'O', 'P', 'S', 'F', 'I' -> aliphatic(Elements.number(String.valueOf(c)));
            case '#' -> element(text.number(-1));
            case 'D' -> degree(text.number(1));
            case 'H' -> hydrogens(text.number(1));
            case 'X' -> connections(text.number(1));
            case 'v' -> valence(text.number(1));
            case 'R' -> rings(text.number(-1));
            case 'r' -> ringSize(text.number(-1));
            case '+' -> charge(charges(text, '+'));
            case '-' -> charge(-charges(text, '-'));
            default -> throw text.error("%s is no atom".formatted(c));
        };
    }

    private static int charges(SmartsText text, char sign) {
        int count = 1;
        while (text.take(sign)) {
            count++;
        }
        return count > 1 ? count : text.number(1);
    }

    private static AtomTest aliphatic(int element) {
        return element(element).and(AtomTest.kinds(Kinds.ALIPHATIC));
    }

    private static AtomTest aromatic(int element) {
        return element(element).and(AtomTest.kinds(Kinds.AROMATIC));
    }

    private static AtomTest element(int element) {
        AtomTest kind = AtomTest.kinds(Kinds.of(element));
        return Kinds.exact(element)
                ? kind
                : kind.and(AtomTest.any((molecule, atom) -> molecule.graph.element[atom] == element));
    }

    private static AtomTest degree(int degree) {
        return AtomTest.any((molecule, atom) -> molecule.graph.degree(atom) == degree);
    }

    private static AtomTest hydrogens(int count) {
        return AtomTest.any((molecule, atom) -> molecule.graph.hydrogens(atom) == count);
    }

    private static AtomTest connections(int count) {
        return AtomTest.any((molecule, atom) -> molecule.graph.connections(atom) == count);
    }

    private static AtomTest valence(int valence) {
        return AtomTest.any((molecule, atom) -> molecule.graph.valence(atom) == valence);
    }

    private static AtomTest charge(int charge) {
        return AtomTest.any((molecule, atom) -> molecule.graph.charge[atom] == charge);
    }

    /** R alone is any ring, Rn is n of them. */
    private static AtomTest rings(int count) {
        return AtomTest.any(
                (molecule, atom) -> count < 0 ? molecule.rings.atAtom[atom] > 0 : molecule.rings.atAtom[atom] == count);
    }

    private static AtomTest ringSize(int size) {
        return AtomTest.any(
                (molecule, atom) -> size < 0 ? molecule.rings.atAtom[atom] > 0 : molecule.rings.inRingOf(size, atom));
    }
}
