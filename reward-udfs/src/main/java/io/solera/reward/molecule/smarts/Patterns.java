package io.solera.reward.molecule.smarts;

import io.solera.reward.molecule.graph.BondKinds;
import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.graph.Rings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Substructure patterns in Daylight's SMARTS that are looked for together: what they ask of atoms, of pairs of bonded atoms and of
 * neighbourhoods inside {@code $(...)} is answered once for all of them. Ring counts are those of {@link Rings}, valences those of the
 * Kekulé structure, {@code r} is the smallest ring, as in RDKit. Handedness is not looked at.
 */
public final class Patterns {
    private static final int CHARACTERS = 2000;
    private static final int DEPTH = 20;

    private final Map<AtomTest, Integer> testNumbers = new HashMap<>();
    private final List<AtomTest> testList = new ArrayList<>();
    private final Map<Edge, Integer> edgeNumbers = new HashMap<>();
    private final Map<String, Integer> innerNumbers = new HashMap<>();
    private final List<Query> innerList = new ArrayList<>();

    final Query[] patterns;
    final Query[] inner;
    final AtomTest[] tests;
    final boolean[] plain;
    final Edge[] edges;
    /** The most atoms that one of the patterns has. */
    final int longest;

    /** Two bonded atoms: their tests, the smaller number first, and the {@link BondKinds} between them. */
    record Edge(int a, int b, int bond) {}

    private Patterns(List<String> texts) {
        patterns = new Query[texts.size()];
        for (int i = 0; i < patterns.length; i++) {
            String text = texts.get(i);
            if (text.length() > CHARACTERS) {
                throw new IllegalArgumentException("Cannot read SMARTS: it is longer than %d characters (%s...)"
                        .formatted(CHARACTERS, text.substring(0, 40)));
            }
            patterns[i] = pattern(new SmartsText(text, 0));
        }
        inner = innerList.toArray(Query[]::new);
        tests = testList.toArray(AtomTest[]::new);
        plain = new boolean[tests.length];
        for (int i = 0; i < tests.length; i++) {
            plain[i] = tests[i].plain();
        }
        longest = Stream.concat(Stream.of(patterns), Stream.of(inner))
                .mapToInt(pattern -> pattern.written().length)
                .max()
                .orElse(0);
        edges = new Edge[edgeNumbers.size()];
        edgeNumbers.forEach((edge, number) -> edges[number] = edge);
    }

    /** @throws IllegalArgumentException naming the first text that is no SMARTS, and where */
    public static Patterns of(List<String> texts) {
        return new Patterns(texts);
    }

    public int size() {
        return patterns.length;
    }

    public Matching in(Molecule molecule) {
        return new Matching(this, molecule);
    }

    /** How many of the patterns are in a molecule. */
    public int count(Molecule molecule) {
        Matching matching = in(molecule);
        int count = 0;
        for (int i = 0; i < patterns.length; i++) {
            count += matching.found(i) ? 1 : 0;
        }
        return count;
    }

    /** The test of a pattern's first atom. */
    public AtomTest firstTest(int pattern) {
        return tests[patterns[pattern].written()[0].test()];
    }

    /** While parsing: the number of an atom's test. */
    int test(AtomTest test) {
        return testNumbers.computeIfAbsent(test, unknown -> {
            testList.add(unknown);
            return testList.size() - 1;
        });
    }

    /** While parsing: the number of a pattern inside {@code $(...)}. */
    int inner(String text, SmartsText around) {
        Integer known = innerNumbers.get(text);
        if (known != null) {
            return known;
        }
        if (around.depth() >= DEPTH) {
            throw around.error("more than %d levels of $(...)".formatted(DEPTH));
        }
        Query pattern = pattern(new SmartsText(text, around.depth() + 1));
        innerNumbers.put(text, innerList.size());
        innerList.add(pattern);
        return innerList.size() - 1;
    }

    /** While parsing: the test of the first atom of a pattern inside {@code $(...)}. */
    AtomTest first(int innerNumber) {
        return testList.get(innerList.get(innerNumber).written()[0].test());
    }

    private Query pattern(SmartsText text) {
        List<Query.Node> nodes = new SmartsParser(text, this).parse();
        Set<Integer> distinctTests = new LinkedHashSet<>();
        Set<Integer> distinctEdges = new LinkedHashSet<>();
        for (Query.Node node : nodes) {
            distinctTests.add(node.test());
            if (node.parent() >= 0) {
                distinctEdges.add(edge(nodes.get(node.parent()).test(), node.test(), node.bond()));
            }
            for (Query.Closure closure : node.closures()) {
                distinctEdges.add(edge(nodes.get(closure.earlier()).test(), node.test(), closure.bond()));
            }
        }
        List<Query.Node> planned =
                SearchPlan.fromRarest(nodes, test -> testList.get(test).abundance());
        return new Query(
                nodes.toArray(Query.Node[]::new),
                planned.toArray(Query.Node[]::new),
                distinctTests.stream().mapToInt(i -> i).toArray(),
                distinctEdges.stream().mapToInt(i -> i).toArray());
    }

    private int edge(int a, int b, int bond) {
        return edgeNumbers.computeIfAbsent(
                new Edge(Math.min(a, b), Math.max(a, b), bond), unknown -> edgeNumbers.size());
    }
}
