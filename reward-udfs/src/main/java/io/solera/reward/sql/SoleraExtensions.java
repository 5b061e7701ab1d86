package io.solera.reward.sql;

import io.solera.reward.sql.compat.Extensions;
import io.solera.reward.sql.compat.Registry;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.ApplyFunctionExpression;
import org.apache.spark.sql.catalyst.expressions.Expression;

/**
 * The rewards as functions of every session: {@code solera_qed(smiles)}, {@code solera_qed_status(smiles)} and the
 * table function {@code solera_score}. Spark finds them as a service on the class path, or by
 * {@code spark.sql.extensions=io.solera.reward.sql.SoleraExtensions}; using both is harmless. They include
 * {@link QueryGuard}.
 */
public final class SoleraExtensions extends Extensions {
    static final String PREFIX = "solera_";

    @Override
    protected void register(Registry registry) {
        for (SqlFunction function : SqlFunction.all()) {
            String name = PREFIX + function.name();
            MoleculeText text = MoleculeText.named(function.name());
            registry.scalar(
                    FunctionInfo.of(name, function, text),
                    arguments -> text != null && arguments.size() == 1
                            ? new MoleculeTextExpression(text, arguments)
                            : new RewardExpression(name, function, arguments));
        }
        for (MoleculeText text : MoleculeText.values()) {
            if (SqlFunction.named(text.function()) == null) {
                registry.scalar(FunctionInfo.of(text), arguments -> new MoleculeTextExpression(text, arguments));
            }
        }
        registry.table(FunctionInfo.ofTable(), ScoreTable::of);
        registry.check(SoleraExtensions::check);
        QueryGuard.register(registry);
    }

    /** The constants of a function of {@link RewardFunctionCatalog}. */
    private static void check(Expression expression) {
        if (expression instanceof ApplyFunctionExpression call && call.function() instanceof BoundReward reward) {
            List<Expression> parameters = Registry.arguments(call);
            reward.bind(Constants.of(reward.name(), parameters, reward.texts()));
        }
    }
}
