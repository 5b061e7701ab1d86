package io.solera.reward.sql;

import io.solera.problem.RequestException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * A reward of the function catalogue. Spark passes only the types of its parameters, so it reads its constants from the
 * first row; {@link SoleraExtensions} checks them earlier, when the query is analysed.
 */
final class BoundReward implements ScalarFunction<@Nullable Object> {
    private final String name;
    private final int texts;
    private final int parameters;
    private final boolean status;
    private final boolean deterministic;
    private final HadoopSettings settings;
    private transient volatile @Nullable Bound bound;

    private record Bound(UTF8String[] constants, ScalarReward reward) {}

    BoundReward(SqlFunction function, int parameters, HadoopSettings settings) {
        this.name = function.name();
        this.texts = function.texts();
        this.parameters = parameters;
        this.status = function.status();
        this.deterministic = !function.network();
        this.settings = settings;
    }

    int texts() {
        return texts;
    }

    /** @throws IllegalArgumentException if the constants do not match the catalogue */
    ScalarReward bind(List<String> constants) {
        SqlFunction function = SqlFunction.named(name);
        if (function == null) {
            throw new IllegalStateException("Cannot find the function " + name);
        }
        return function.bind(constants, settings);
    }

    @Override
    public @Nullable Object produceResult(InternalRow row) {
        Bound known = bound;
        if (known == null || !holds(known, row)) {
            known = bound(row, known);
            bound = known;
        }
        return known.reward.of(text(row, 0), texts == 2 ? text(row, 1) : null);
    }

    private boolean holds(Bound known, InternalRow row) {
        for (int i = 0; i < known.constants.length; i++) {
            if (!known.constants[i].equals(text(row, texts + i))) {
                return false;
            }
        }
        return true;
    }

    private Bound bound(InternalRow row, @Nullable Bound other) {
        if (other != null) {
            throw new RequestException(
                    "Invalid argument: %s of %s (must be a constant)".formatted(text(row, texts), name));
        }
        List<String> constants = new ArrayList<>();
        UTF8String[] kept = new UTF8String[parameters - texts];
        for (int i = 0; i < kept.length; i++) {
            UTF8String constant = text(row, texts + i);
            if (constant == null) {
                throw new RequestException("Invalid argument: NULL of %s (must be a value)".formatted(name));
            }
            kept[i] = constant.copy();
            constants.add(constant.toString());
        }
        return new Bound(kept, bind(constants));
    }

    private static @Nullable UTF8String text(InternalRow row, int place) {
        return row.isNullAt(place) ? null : row.getUTF8String(place);
    }

    @Override
    public DataType[] inputTypes() {
        DataType[] types = new DataType[parameters];
        Arrays.fill(types, DataTypes.StringType);
        return types;
    }

    @Override
    public DataType resultType() {
        return status ? DataTypes.StringType : DataTypes.DoubleType;
    }

    @Override
    public boolean isResultNullable() {
        return !status;
    }

    @Override
    public boolean isDeterministic() {
        return deterministic;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String canonicalName() {
        return "io.solera." + name;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BoundReward that
                && name.equals(that.name)
                && parameters == that.parameters
                && settings.equals(that.settings);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, parameters);
    }
}
