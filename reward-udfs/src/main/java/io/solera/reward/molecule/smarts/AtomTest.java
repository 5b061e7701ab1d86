package io.solera.reward.molecule.smarts;

import io.solera.reward.molecule.graph.Kinds;
import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.graph.Trait;
import java.util.ArrayList;
import java.util.List;

/** What a SMARTS pattern asks of an atom: that one of some terms holds. */
public record AtomTest(List<Term> terms) {
    /** Products of alternatives beyond this are not multiplied out. */
    private static final int TERMS = 48;

    private static final long KINDS = Integer.toUnsignedLong(Kinds.ALL);
    static final AtomTest ANYTHING = new AtomTest(List.of(new Term(0, 0, List.of())));

    /**
     * What holds of an atom when it has none of some traits and passes all of some checks.
     *
     * @param first the bits that the first word of {@link Trait}s may not have
     * @param second the same for the second word
     */
    record Term(long first, long second, List<AtomCheck> checks) {
        Term and(Term other) {
            List<AtomCheck> all = new ArrayList<>(checks);
            other.checks.stream().filter(check -> !all.contains(check)).forEach(all::add);
            return new Term(first | other.first, second | other.second, List.copyOf(all));
        }

        /** Whether some field of the words is forbidden throughout. */
        boolean impossible() {
            boolean none = (first & KINDS) == KINDS;
            for (Trait trait : Trait.values()) {
                long forbidden = trait.word == 0 ? first : second;
                none |= trait.field() != 0 && (forbidden & trait.field()) == trait.field();
            }
            return none;
        }

        AtomTest not() {
            List<Term> terms = new ArrayList<>();
            complement(0, KINDS, terms);
            for (Trait trait : Trait.values()) {
                complement(trait.word, trait.field(), terms);
            }
            for (AtomCheck check : checks) {
                terms.add(new Term(0, 0, List.of(check.not())));
            }
            return new AtomTest(List.copyOf(terms));
        }

        private void complement(int word, long field, List<Term> terms) {
            long forbidden = (word == 0 ? first : second) & field;
            if (forbidden != 0) {
                terms.add(
                        word == 0
                                ? new Term(field & ~forbidden, 0, List.of())
                                : new Term(0, field & ~forbidden, List.of()));
            }
        }
    }

    public static AtomTest kinds(int kinds) {
        return new AtomTest(List.of(new Term(KINDS & ~Integer.toUnsignedLong(kinds), 0, List.of())));
    }

    static AtomTest check(AtomCheck check) {
        return new AtomTest(List.of(new Term(0, 0, List.of(check))));
    }

    /** That a trait is within bounds, both included. */
    static AtomTest within(Trait trait, int low, int high) {
        long allowed = 0;
        boolean exact = true;
        for (int value = low; value <= high; value++) {
            allowed |= trait.bit(value);
            exact &= trait.exact(value);
        }
        long forbidden = trait.field() & ~allowed;
        List<AtomCheck> checks = exact ? List.of() : List.of(new AtomCheck.Within(trait, low, high, true));
        return new AtomTest(List.of(trait.word == 0 ? new Term(forbidden, 0, checks) : new Term(0, forbidden, checks)));
    }

    AtomTest and(AtomTest other) {
        if (terms.size() * other.terms.size() > TERMS) {
            return terms.size() > other.terms.size()
                    ? other.and(check(new AtomCheck.Either(this, true)))
                    : and(check(new AtomCheck.Either(other, true)));
        }
        List<Term> products = new ArrayList<>();
        for (Term mine : terms) {
            for (Term theirs : other.terms) {
                Term both = mine.and(theirs);
                if (!both.impossible() && !products.contains(both)) {
                    products.add(both);
                }
            }
        }
        return new AtomTest(List.copyOf(products));
    }

    AtomTest or(AtomTest other) {
        List<Term> all = new ArrayList<>(terms);
        other.terms.stream().filter(term -> !all.contains(term)).forEach(all::add);
        return new AtomTest(List.copyOf(all));
    }

    AtomTest not() {
        if (terms.size() > 4) {
            return check(new AtomCheck.Either(this, false));
        }
        AtomTest none = ANYTHING;
        for (Term term : terms) {
            none = none.and(term.not());
        }
        return none;
    }

    /** The same without its checks: what passes it may fail them. */
    AtomTest unchecked() {
        return new AtomTest(terms.stream()
                .map(term -> new Term(term.first, term.second, List.of()))
                .distinct()
                .toList());
    }

    /** The {@link Kinds} that can pass. */
    public int kinds() {
        int kinds = 0;
        for (Term term : terms) {
            kinds |= (int) (KINDS & ~term.first);
        }
        return kinds;
    }

    /** Whether the bits tell everything. */
    boolean plain() {
        return terms.stream().allMatch(term -> term.checks.isEmpty());
    }

    boolean holds(Matching matching, int atom) {
        Molecule molecule = matching.molecule();
        for (Term term : terms) {
            if ((molecule.traits[atom] & term.first) == 0
                    && (molecule.moreTraits[atom] & term.second) == 0
                    && passes(matching, atom, term.checks)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the bits alone let an atom pass. */
    boolean may(Molecule molecule, int atom) {
        for (Term term : terms) {
            if ((molecule.traits[atom] & term.first) == 0 && (molecule.moreTraits[atom] & term.second) == 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean passes(Matching matching, int atom, List<AtomCheck> checks) {
        for (AtomCheck check : checks) {
            if (!check.holds(matching, atom)) {
                return false;
            }
        }
        return true;
    }

    /** How many atoms of a drug pass, roughly: the greater the more. */
    int abundance() {
        int bits = 0;
        for (Term term : terms) {
            bits = Math.max(bits, 64 - Long.bitCount(term.first >>> 32) - Long.bitCount(term.second));
        }
        return 64 * Kinds.abundance(kinds()) + bits;
    }
}
