package io.solera.reward.molecule.smarts;

import io.solera.reward.molecule.graph.BondKinds;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads SMARTS into the nodes of a {@link Query}, in the order of the text. */
final class SmartsParser {
    private final SmartsText text;
    private final Patterns patterns;
    private final List<Query.Node> nodes = new ArrayList<>();
    private final Map<Integer, Open> open = new HashMap<>();
    private final Deque<Integer> branches = new ArrayDeque<>();
    private int previous = -1;
    private boolean started;

    /** A ring number that waits for its other end. */
    private record Open(int atom, int bond) {}

    SmartsParser(SmartsText text, Patterns patterns) {
        this.text = text;
        this.patterns = patterns;
    }

    List<Query.Node> parse() {
        while (!text.done()) {
            if (text.take('(')) {
                if (previous < 0) {
                    throw text.error("a branch must follow an atom; groups of components are not supported");
                }
                branches.push(previous);
            } else if (text.take(')')) {
                if (branches.isEmpty()) {
                    throw text.error("a parenthesis closes that was not opened");
                }
                previous = branches.pop();
            } else if (text.take('.')) {
                started = false;
                previous = -1;
            } else {
                int bond = BondExpression.read(text);
                if (previous < 0 && (started || bond != BondExpression.NONE)) {
                    throw text.error("a bond must follow an atom");
                }
                if (text.digit() || text.peek() == '%') {
                    ring(text.ringNumber(), bond);
                } else {
                    atom(bond);
                }
            }
        }
        if (nodes.isEmpty()) {
            throw text.error("it is empty");
        }
        if (!open.isEmpty() || !branches.isEmpty()) {
            throw text.error("a ring or branch stays open");
        }
        return nodes;
    }

    private void atom(int bond) {
        AtomTest test = AtomExpression.read(text, patterns);
        nodes.add(new Query.Node(patterns.test(test), previous, given(bond), new ArrayList<>()));
        previous = nodes.size() - 1;
        started = true;
    }

    private void ring(int number, int bond) {
        if (previous < 0) {
            throw text.error("a ring number must follow an atom");
        }
        Open start = open.remove(number);
        if (start == null) {
            open.put(number, new Open(previous, bond));
        } else if (start.atom == previous) {
            throw text.error("a ring must have two ends");
        } else {
            int kinds = given(bond == BondExpression.NONE ? start.bond : bond);
            nodes.get(previous).closures().add(new Query.Closure(start.atom, kinds));
        }
    }

    private static int given(int bond) {
        return bond == BondExpression.NONE ? BondKinds.SINGLE_OR_AROMATIC : bond;
    }
}
