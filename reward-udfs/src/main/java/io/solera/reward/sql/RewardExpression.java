package io.solera.reward.sql;

import io.solera.reward.sql.compat.ScalarExpression;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** A reward inside a query: {@code solera_qed(smiles)}. Its constants were read when the query was analysed. */
final class RewardExpression extends ScalarExpression {
    private final String name;
    private final ScalarReward reward;
    private final int texts;
    private final DataType type;
    private final boolean nullable;
    private final boolean deterministic;

    private RewardExpression(RewardExpression like, List<Expression> arguments) {
        super(arguments);
        this.name = like.name;
        this.reward = like.reward;
        this.texts = like.texts;
        this.type = like.type;
        this.nullable = like.nullable;
        this.deterministic = like.deterministic;
    }

    /** @throws IllegalArgumentException if the arguments do not match the catalogue */
    RewardExpression(String name, SqlFunction function, List<Expression> arguments) {
        super(arguments);
        function.require(arguments.stream().map(Expression::dataType).toList());
        this.name = name;
        this.reward = function.bind(
                Constants.of(name, arguments, function.texts()), HadoopSettings.of(SparkSession.active()));
        this.texts = function.texts();
        this.type = function.type();
        this.nullable = !function.status();
        this.deterministic = !function.network();
    }

    @Override
    protected ScalarExpression of(List<Expression> others) {
        return new RewardExpression(this, others);
    }

    @Override
    protected boolean sameFunction(ScalarExpression other) {
        return other instanceof RewardExpression that && name.equals(that.name) && reward.equals(that.reward);
    }

    @Override
    public @Nullable Object eval(InternalRow row) {
        UTF8String text = (UTF8String) arguments().get(0).eval(row);
        return reward.of(text, texts == 2 ? (UTF8String) arguments().get(1).eval(row) : null);
    }

    @Override
    public DataType dataType() {
        return type;
    }

    @Override
    public boolean nullable() {
        return nullable;
    }

    @Override
    public boolean deterministic() {
        return deterministic && arguments().stream().allMatch(Expression::deterministic);
    }

    @Override
    public String prettyName() {
        return name;
    }
}
