package io.solera.reward.molecule;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads SMARTS into the atoms of a {@link Smarts}, in the order of the text. */
final class SmartsParser {
    private final SmartsText text;
    private final List<Smarts.Node> nodes = new ArrayList<>();
    private final Map<Integer, Open> open = new HashMap<>();
    private final Deque<Integer> branches = new ArrayDeque<>();
    private int previous = -1;

    /** A ring number that waits for its other end. */
    private record Open(int atom, @Nullable BondTest bond) {}

    SmartsParser(String pattern) {
        this.text = new SmartsText(pattern);
    }

    Smarts parse() {
        while (!text.done()) {
            if (text.take('(')) {
                branches.push(previous);
            } else if (text.take(')')) {
                previous = branches.pop();
            } else if (text.take('.')) {
                previous = -1;
            } else {
                BondTest bond = BondExpression.read(text);
                if (Character.isDigit(text.peek())) {
                    ring(text.number(), bond);
                } else {
                    atom(bond);
                }
            }
        }
        if (nodes.isEmpty() || !open.isEmpty() || !branches.isEmpty()) {
            throw text.error("a ring or branch stays open");
        }
        return new Smarts(nodes);
    }

    private void atom(@Nullable BondTest bond) {
        AtomTest test = AtomExpression.read(text);
        nodes.add(new Smarts.Node(test, previous, given(bond), new ArrayList<>()));
        previous = nodes.size() - 1;
    }

    private void ring(int number, @Nullable BondTest bond) {
        Open start = open.remove(number);
        if (start == null) {
            open.put(number, new Open(previous, bond));
        } else {
            BondTest test = given(bond == null ? start.bond : bond);
            nodes.get(previous).closures().add(new Smarts.Closure(start.atom, test));
        }
    }

    private static BondTest given(@Nullable BondTest bond) {
        return bond == null ? BondTest.SINGLE_OR_AROMATIC : bond;
    }
}
