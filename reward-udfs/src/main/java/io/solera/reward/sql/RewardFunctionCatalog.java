package io.solera.reward.sql;

import io.solera.reward.sql.compat.RefusedQueryException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchFunctionException;
import org.apache.spark.sql.connector.catalog.FunctionCatalog;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * The rewards as a catalogue of functions: with {@code spark.sql.catalog.rewards=io.solera.reward.sql.RewardFunctionCatalog},
 * {@code SELECT rewards.qed(smiles)}.
 */
public final class RewardFunctionCatalog implements FunctionCatalog {
    private String name = "";

    @Override
    public void initialize(String givenName, CaseInsensitiveStringMap options) {
        name = givenName;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Identifier[] listFunctions(String[] namespace) {
        return namespace.length > 0
                ? new Identifier[0]
                : Stream.concat(
                                SqlFunction.all().stream().map(SqlFunction::name),
                                Arrays.stream(MoleculeText.values()).map(MoleculeText::function))
                        .map(function -> Identifier.of(namespace, function))
                        .toArray(Identifier[]::new);
    }

    @Override
    public UnboundFunction loadFunction(Identifier identifier) throws NoSuchFunctionException {
        String wanted = identifier.name().toLowerCase(Locale.ROOT);
        MoleculeText text = identifier.namespace().length > 0 ? null : MoleculeText.named(wanted);
        if (text != null) {
            return new UnboundMoleculeText(text);
        }
        SqlFunction function = SqlFunction.named(wanted);
        if (identifier.namespace().length > 0 || function == null) {
            throw new NoSuchFunctionException(identifier);
        }
        return new Unbound(function);
    }

    private record Unbound(SqlFunction function) implements UnboundFunction {
        @Override
        public BoundFunction bind(StructType parameters) {
            return RefusedQueryException.analysed(() -> {
                function.require(Arrays.stream(parameters.fields())
                        .map(StructField::dataType)
                        .toList());
                return new BoundReward(function, parameters.size(), HadoopSettings.of(SparkSession.active()));
            });
        }

        @Override
        public String description() {
            return "%s(%s) - %s"
                    .formatted(
                            function.name(),
                            String.join(", ", function.parameters()),
                            function.entry().summary());
        }

        @Override
        public String name() {
            return function.name();
        }
    }
}
