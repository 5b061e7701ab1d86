package io.solera.reward.sql;

import io.solera.reward.sql.compat.RefusedQueryException;
import java.util.Arrays;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** A molecule text function in the function catalogue: {@code rewards.canonical_smiles(smiles)}. */
record UnboundMoleculeText(MoleculeText text) implements UnboundFunction {
    @Override
    public BoundFunction bind(StructType parameters) {
        return RefusedQueryException.analysed(() -> {
            text.require(Arrays.stream(parameters.fields())
                    .map(StructField::dataType)
                    .toList());
            return new Bound(text);
        });
    }

    @Override
    public String description() {
        return "%s(smiles) - %s".formatted(name(), text.summary());
    }

    @Override
    public String name() {
        return text.function();
    }

    private record Bound(MoleculeText text) implements ScalarFunction<@Nullable UTF8String> {
        @Override
        public @Nullable UTF8String produceResult(InternalRow row) {
            return text.of(row.isNullAt(0) ? null : row.getUTF8String(0));
        }

        @Override
        public DataType[] inputTypes() {
            return new DataType[] {DataTypes.StringType};
        }

        @Override
        public DataType resultType() {
            return DataTypes.StringType;
        }

        @Override
        public String name() {
            return text.function();
        }

        @Override
        public String canonicalName() {
            return "io.solera." + name();
        }
    }
}
