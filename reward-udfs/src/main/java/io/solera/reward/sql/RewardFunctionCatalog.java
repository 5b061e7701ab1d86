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
import org.jspecify.annotations.Nullable;

/**
 * The rewards as a catalogue of functions: with
 * {@code spark.sql.catalog.rewards=io.solera.reward.sql.RewardFunctionCatalog}, {@code SELECT rewards.qed(smiles)}.
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
                        .distinct()
                        .map(function -> Identifier.of(namespace, function))
                        .toArray(Identifier[]::new);
    }

    @Override
    public UnboundFunction loadFunction(Identifier identifier) throws NoSuchFunctionException {
        String wanted = identifier.name().toLowerCase(Locale.ROOT);
        boolean here = identifier.namespace().length == 0;
        MoleculeText text = here ? MoleculeText.named(wanted) : null;
        SqlFunction function = here ? SqlFunction.named(wanted) : null;
        if (function != null) {
            return new Unbound(function, text);
        }
        if (text != null) {
            return new UnboundMoleculeText(text);
        }
        throw new NoSuchFunctionException(identifier);
    }

    /** @param text description of the overload with a single parameter */
    private record Unbound(SqlFunction function, @Nullable MoleculeText text) implements UnboundFunction {
        @Override
        public BoundFunction bind(StructType parameters) {
            if (text != null && parameters.size() == 1) {
                return new UnboundMoleculeText(text).bind(parameters);
            }
            return RefusedQueryException.analysed(() -> {
                function.require(Arrays.stream(parameters.fields())
                        .map(StructField::dataType)
                        .toList());
                return new BoundReward(function, parameters.size(), HadoopSettings.of(SparkSession.active()));
            });
        }

        @Override
        public String description() {
            String reward = "%s(%s) - %s"
                    .formatted(
                            function.name(),
                            String.join(", ", function.parameters()),
                            function.entry().summary());
            return text == null ? reward : "%s; %s".formatted(new UnboundMoleculeText(text).description(), reward);
        }

        @Override
        public String name() {
            return function.name();
        }
    }
}
