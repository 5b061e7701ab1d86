package io.solera.rl;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Sums of vectors, added in the order of a fixed binary tree: leaf 2k with leaf 2k + 1, then their sums in pairs, and
 * so on; a node without a neighbour is its parent's sum as it is. Whoever has some consecutive leaves adds what they
 * are all of, and gives away the few {@link #nodes} that are left, so the sum has the same bytes however the leaves are
 * spread over machines. Each leaf is a list of vectors, which are added one by one; they belong to the tree from here
 * on.
 */
public final class SumTree {
    private final List<Node> nodes = new ArrayList<>();

    /**
     * The sums of leaves {@code index 2^level} up to {@code (index + 1) 2^level - 1}.
     *
     * @param level 0 for a leaf
     */
    public record Node(int level, int index, List<BlockVector> sums) implements Serializable {
        /** The first leaf. */
        private long first() {
            return (long) index << level;
        }

        /** Block b of its sums, which it shares. */
        public Node block(int b) {
            return new Node(
                    level,
                    index,
                    sums.stream()
                            .map(sum -> BlockVector.ofBlocks(List.<float[]>of(sum.block(b))))
                            .toList());
        }

        private boolean isFollowedBy(Node next) {
            return level == next.level && index % 2 == 0 && next.index == index + 1;
        }

        private Node with(Node next) {
            add(sums, next.sums);
            return new Node(level + 1, index / 2, sums);
        }
    }

    /** The sums of all leaves, from nodes in any order that have each of them once. */
    public static List<BlockVector> total(Collection<Node> nodes) {
        SumTree tree = new SumTree();
        nodes.stream().sorted(Comparator.comparingLong(Node::first)).forEach(tree::add);
        return tree.total();
    }

    /** Adds the next leaf. */
    public void add(int leaf, List<BlockVector> vectors) {
        add(new Node(0, leaf, vectors));
    }

    /** Adds the next node of another tree: nodes come in the order of their leaves. */
    public void add(Node node) {
        Node next = node;
        while (!nodes.isEmpty() && nodes.get(nodes.size() - 1).isFollowedBy(next)) {
            next = nodes.remove(nodes.size() - 1).with(next);
        }
        nodes.add(next);
    }

    /** What could not be added up without other leaves: at most two nodes of a level. */
    public List<Node> nodes() {
        return List.copyOf(nodes);
    }

    /** The sums of all leaves, when the last one is in. */
    public List<BlockVector> total() {
        if (nodes.isEmpty()) {
            throw new IllegalStateException("Cannot sum: there is no leaf (0)");
        }
        List<BlockVector> total = nodes.get(nodes.size() - 1).sums();
        for (int k = nodes.size() - 2; k >= 0; k--) {
            total = add(nodes.get(k).sums(), total);
        }
        nodes.clear();
        return total;
    }

    /** Adds the second list's vectors to those of the first, in place. */
    public static List<BlockVector> add(List<BlockVector> sums, List<BlockVector> vectors) {
        if (sums.size() != vectors.size()) {
            throw new IllegalArgumentException("Cannot sum: %d vectors and %d".formatted(sums.size(), vectors.size()));
        }
        for (int k = 0; k < sums.size(); k++) {
            sums.get(k).add(vectors.get(k));
        }
        return sums;
    }
}
