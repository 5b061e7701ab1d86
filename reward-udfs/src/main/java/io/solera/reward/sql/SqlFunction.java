package io.solera.reward.sql;

import io.solera.problem.RequestException;
import io.solera.reward.catalogue.Group;
import io.solera.reward.catalogue.RewardCall;
import io.solera.reward.catalogue.RewardCatalogue;
import io.solera.reward.catalogue.RewardEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StringType;
import org.jspecify.annotations.Nullable;

/**
 * A reward of the catalogue as a function of SQL: {@code qed(smiles)}, its value, or {@code qed_status(smiles)}, the
 * status of the row.
 *
 * @param network whether it is expensive and calls a network or a service: Catalyst may evaluate a deterministic
 *     function repeatedly
 */
record SqlFunction(RewardEntry entry, boolean status, boolean network) {
    private static final Set<String> NETWORKS = Set.of("Learned", "Policies", "Outside");

    private static final Map<String, SqlFunction> BY_NAME = byName();

    private static Map<String, SqlFunction> byName() {
        Map<String, SqlFunction> functions = new LinkedHashMap<>();
        for (Group group : RewardCatalogue.GROUPS) {
            boolean network = NETWORKS.contains(group.title());
            for (RewardEntry entry : group.entries()) {
                for (boolean status : new boolean[] {false, true}) {
                    SqlFunction function = new SqlFunction(entry, status, network);
                    functions.put(function.name(), function);
                }
            }
        }
        return functions;
    }

    static List<SqlFunction> all() {
        return List.copyOf(BY_NAME.values());
    }

    static @Nullable SqlFunction named(String name) {
        return BY_NAME.get(name);
    }

    /** The value of the reward of a call. */
    static SqlFunction of(RewardEntry entry) {
        SqlFunction function = BY_NAME.get(entry.name());
        if (function == null) {
            throw new IllegalStateException("Cannot find the function of " + entry.name());
        }
        return function;
    }

    String name() {
        return entry.name() + (status ? "_status" : "");
    }

    DataType type() {
        return status ? DataTypes.StringType : DataTypes.DoubleType;
    }

    /** Number of parameters that are texts of the row; the others are constants. */
    int texts() {
        return entry.pairs() ? 2 : 1;
    }

    /** The names of its parameters, for messages and documentation. */
    List<String> parameters() {
        List<String> names = new ArrayList<>();
        names.add(entry.input().column());
        if (entry.pairs()) {
            names.add(RewardEntry.REFERENCE);
        }
        names.addAll(SqlArguments.names(entry));
        return names;
    }

    /** @throws IllegalArgumentException if there are too few parameters, or texts are of another type */
    void require(List<DataType> types) {
        if (types.size() < texts()) {
            throw new RequestException("Invalid call: %s needs %s (its parameters are %s)"
                    .formatted(
                            name(),
                            String.join(" and ", parameters().subList(0, texts())),
                            String.join(", ", parameters())));
        }
        for (int i = 0; i < texts(); i++) {
            DataType type = types.get(i);
            if (!(type instanceof StringType || type instanceof NullType)) {
                throw new RequestException("Invalid %s: its type in %s is %s (must be string)"
                        .formatted(parameters().get(i), name(), type.simpleString()));
            }
        }
    }

    /** The reward with its constants; created once, so that an invalid one is reported before the query runs. */
    ScalarReward bind(List<String> constants, HadoopSettings settings) {
        RewardCall call = SqlArguments.call(entry, constants);
        ScalarReward reward = new ScalarReward(call, entry.pairs(), status, settings);
        reward.reward();
        return reward;
    }
}
