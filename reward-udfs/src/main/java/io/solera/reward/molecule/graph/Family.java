package io.solera.reward.molecule.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * Cycles of one length through the same root that differ in which shortest paths they take from it: to p, and to q, and then along
 * the bond p-q or over the atom in between.
 *
 * @param before {@code before[v]}: the atoms before v on shortest paths from the root
 * @param between the atom between p and q in cycles of even length, -1 in others
 */
record Family(int root, int p, int q, int between, int[][] before, int length) {
    /** One cycle of the family. */
    int[] prototype() {
        return join(anyPath(p), anyPath(q));
    }

    /** Adds every cycle of the family to a list that may not grow beyond a limit. */
    void cycles(List<int[]> cycles, int limit) {
        List<int[]> left = paths(p, limit);
        List<int[]> right = paths(q, limit);
        if ((long) left.size() * right.size() + cycles.size() > limit) {
            throw new LimitExceededException("more than " + limit + " rings");
        }
        for (int[] a : left) {
            for (int[] b : right) {
                cycles.add(join(a, b));
            }
        }
    }

    private int[] anyPath(int target) {
        List<Integer> reversed = new ArrayList<>();
        for (int v = target; v != root; v = before[v][0]) {
            reversed.add(v);
        }
        return forward(reversed);
    }

    /** The shortest paths from the root, without it, to a target. */
    private List<int[]> paths(int target, int limit) {
        List<int[]> paths = new ArrayList<>();
        extend(target, new ArrayList<>(), paths, limit);
        return paths;
    }

    private void extend(int v, List<Integer> reversed, List<int[]> paths, int limit) {
        if (v == root) {
            if (paths.size() == limit) {
                throw new LimitExceededException("more than " + limit + " rings");
            }
            paths.add(forward(reversed));
            return;
        }
        reversed.add(v);
        for (int previous : before[v]) {
            extend(previous, reversed, paths, limit);
        }
        reversed.remove(reversed.size() - 1);
    }

    private static int[] forward(List<Integer> reversed) {
        int[] path = new int[reversed.size()];
        for (int k = 0; k < path.length; k++) {
            path[k] = reversed.get(path.length - 1 - k);
        }
        return path;
    }

    private int[] join(int[] left, int[] right) {
        int[] cycle = new int[length];
        int n = 0;
        cycle[n++] = root;
        for (int atom : left) {
            cycle[n++] = atom;
        }
        if (between >= 0) {
            cycle[n++] = between;
        }
        for (int k = right.length - 1; k >= 0; k--) {
            cycle[n++] = right[k];
        }
        return cycle;
    }
}
