package io.solera.reward.molecule.smarts;

import io.solera.reward.molecule.graph.BondKinds;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** The order in which a search places the atoms of a pattern. */
final class SearchPlan {
    private record Edge(int a, int b, int bond) {
        int other(int node) {
            return node == a ? b : a;
        }
    }

    private final List<Query.Node> nodes;
    private final IntUnaryOperator abundance;
    private final List<Edge> edges = new ArrayList<>();
    private final List<Query.Node> plan = new ArrayList<>();
    private final int[] place;

    private SearchPlan(List<Query.Node> nodes, IntUnaryOperator abundance) {
        this.nodes = nodes;
        this.abundance = abundance;
        this.place = new int[nodes.size()];
        for (int i = 0; i < nodes.size(); i++) {
            place[i] = -1;
            Query.Node node = nodes.get(i);
            if (node.parent() >= 0) {
                edges.add(new Edge(node.parent(), i, node.bond()));
            }
            for (Query.Closure closure : node.closures()) {
                edges.add(new Edge(closure.earlier(), i, closure.bond()));
            }
        }
    }

    /**
     * The same pattern, each part from its rarest atom, and on from there to the rarest neighbour.
     *
     * @param abundance how many atoms pass a test, roughly
     */
    static List<Query.Node> fromRarest(List<Query.Node> nodes, IntUnaryOperator abundance) {
        SearchPlan plan = new SearchPlan(nodes, abundance);
        while (plan.plan.size() < nodes.size()) {
            Edge edge = plan.rarestEdge();
            if (edge == null) {
                plan.put(plan.rarestNode(), null);
            } else {
                plan.put(plan.place[edge.a] < 0 ? edge.a : edge.b, edge);
            }
        }
        return plan.plan;
    }

    private int rarestNode() {
        int best = -1;
        for (int i = 0; i < place.length; i++) {
            if (place[i] < 0 && (best < 0 || abundance(i) < abundance(best))) {
                best = i;
            }
        }
        return best;
    }

    /** The edge from a placed node to the rarest one that is not, null without one. */
    private @Nullable Edge rarestEdge() {
        Edge best = null;
        int least = Integer.MAX_VALUE;
        for (Edge edge : edges) {
            if (place[edge.a] < 0 != place[edge.b] < 0) {
                int found = abundance(place[edge.a] < 0 ? edge.a : edge.b);
                if (found < least) {
                    best = edge;
                    least = found;
                }
            }
        }
        return best;
    }

    private void put(int node, @Nullable Edge from) {
        List<Query.Closure> closures = new ArrayList<>();
        for (Edge edge : edges) {
            if (!edge.equals(from) && (edge.a == node || edge.b == node) && place[edge.other(node)] >= 0) {
                closures.add(new Query.Closure(place[edge.other(node)], edge.bond));
            }
        }
        int parent = from == null ? -1 : place[from.other(node)];
        int bond = from == null ? BondKinds.ALL : from.bond;
        place[node] = plan.size();
        plan.add(new Query.Node(nodes.get(node).test(), parent, bond, closures));
    }

    private int abundance(int node) {
        return abundance.applyAsInt(nodes.get(node).test());
    }
}
