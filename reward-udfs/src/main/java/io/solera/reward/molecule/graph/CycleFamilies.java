package io.solera.reward.molecule.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Families of cycles that hold every relevant cycle of a graph: each has a root r, its greatest atom, and runs from r along two
 * shortest paths that meet in r alone.
 */
final class CycleFamilies {
    private static final int FAR = Integer.MAX_VALUE;

    private final Graph graph;
    private final boolean[] inCycle;
    private final List<Family> families = new ArrayList<>();

    CycleFamilies(Graph graph) {
        this.graph = graph;
        this.inCycle = withoutChains(graph);
    }

    List<Family> families() {
        for (int root = 0; root < graph.atoms; root++) {
            if (inCycle[root]) {
                rootedAt(root);
            }
        }
        return families;
    }

    /** What is left after taking away ends of chains again and again. */
    private static boolean[] withoutChains(Graph graph) {
        int[] degree = new int[graph.atoms];
        boolean[] left = new boolean[graph.atoms];
        for (int i = 0; i < graph.atoms; i++) {
            degree[i] = graph.degree(i);
            left[i] = true;
        }
        for (int i = 0; i < graph.atoms; i++) {
            int atom = i;
            while (atom >= 0 && left[atom] && degree[atom] < 2) {
                left[atom] = false;
                int next = -1;
                for (int neighbour : graph.neighbours[atom]) {
                    if (left[neighbour] && --degree[neighbour] < 2) {
                        next = neighbour;
                    }
                }
                atom = next;
            }
        }
        return left;
    }

    private void rootedAt(int root) {
        int[] distance = distances(root, graph.atoms);
        int[] below = distances(root, root + 1);
        int[][] before = new int[graph.atoms][];
        int[][] onPaths = new int[graph.atoms][];
        int[] order = reachedBelow(distance, below);
        for (int y : order) {
            before[y] = y == root ? new int[0] : previous(y, distance, below);
            onPaths[y] = before[y].length == 0 ? new int[0] : with(onPaths[before[y][0]], y);
        }
        for (int y : order) {
            if (y == root) {
                continue;
            }
            for (int z : graph.neighbours[y]) {
                if (z < y
                        && onPaths[z] != null
                        && z != root
                        && distance[z] == distance[y]
                        && apart(onPaths[z], onPaths[y])) {
                    families.add(new Family(root, y, z, -1, before, 2 * distance[y] + 1));
                }
            }
            for (int i = 0; i < before[y].length; i++) {
                for (int j = 0; j < i; j++) {
                    int p = before[y][i];
                    int q = before[y][j];
                    if (p != root && q != root && apart(onPaths[p], onPaths[q])) {
                        families.add(new Family(root, p, q, y, before, 2 * distance[y]));
                    }
                }
            }
        }
    }

    /** Atoms with a shortest path from the root through lower atoms alone, nearest first. */
    private static int[] reachedBelow(int[] distance, int[] below) {
        List<Integer> reached = new ArrayList<>();
        for (int v = 0; v < below.length; v++) {
            if (below[v] != FAR && below[v] == distance[v]) {
                reached.add(v);
            }
        }
        reached.sort((a, b) ->
                distance[a] != distance[b] ? Integer.compare(distance[a], distance[b]) : Integer.compare(a, b));
        return reached.stream().mapToInt(Integer::intValue).toArray();
    }

    private int[] previous(int y, int[] distance, int[] below) {
        int[] found = new int[graph.degree(y)];
        int n = 0;
        for (int z : graph.neighbours[y]) {
            if (below[z] != FAR && below[z] == distance[z] && distance[z] + 1 == distance[y]) {
                found[n++] = z;
            }
        }
        return Arrays.copyOf(found, n);
    }

    private int[] distances(int root, int bound) {
        int[] distance = new int[graph.atoms];
        Arrays.fill(distance, FAR);
        distance[root] = 0;
        int[] queue = new int[graph.atoms];
        queue[0] = root;
        int filled = 1;
        for (int head = 0; head < filled; head++) {
            int v = queue[head];
            for (int next : graph.neighbours[v]) {
                if (next < bound && inCycle[next] && distance[next] == FAR) {
                    distance[next] = distance[v] + 1;
                    queue[filled++] = next;
                }
            }
        }
        return distance;
    }

    private static int[] with(int[] path, int atom) {
        int[] longer = Arrays.copyOf(path, path.length + 1);
        longer[path.length] = atom;
        return longer;
    }

    private static boolean apart(int[] a, int[] b) {
        for (int atom : a) {
            if (Rings.contains(b, atom)) {
                return false;
            }
        }
        return true;
    }
}
