package io.solera.reward.sql;

import io.solera.reward.sql.compat.ScalarExpression;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** A text of a molecule inside a query: {@code solera_scaffold(smiles)}. */
final class MoleculeTextExpression extends ScalarExpression {
    private final MoleculeText text;

    /** @throws IllegalArgumentException unless it is called with one string */
    MoleculeTextExpression(MoleculeText text, List<Expression> arguments) {
        super(arguments);
        text.require(arguments.stream().map(Expression::dataType).toList());
        this.text = text;
    }

    @Override
    protected ScalarExpression of(List<Expression> others) {
        return new MoleculeTextExpression(text, others);
    }

    @Override
    protected boolean sameFunction(ScalarExpression other) {
        return other instanceof MoleculeTextExpression that && text == that.text;
    }

    @Override
    public @Nullable Object eval(InternalRow row) {
        return text.of((UTF8String) arguments().get(0).eval(row));
    }

    @Override
    public DataType dataType() {
        return DataTypes.StringType;
    }

    @Override
    public boolean nullable() {
        return true;
    }

    @Override
    public boolean deterministic() {
        return arguments().get(0).deterministic();
    }

    @Override
    public String prettyName() {
        return SoleraExtensions.PREFIX + text.function();
    }
}
