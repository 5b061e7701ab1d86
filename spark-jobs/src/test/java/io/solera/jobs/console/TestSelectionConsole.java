package io.solera.jobs.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.select.RunSelection;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class TestSelectionConsole {
    private static final StructType SCHEMA = new StructType()
            .add("rank", DataTypes.IntegerType)
            .add("smiles", DataTypes.StringType)
            .add("geometric_mean", DataTypes.DoubleType)
            .add("mw", DataTypes.DoubleType)
            .add("mw_shaped", DataTypes.DoubleType)
            .add("rings", DataTypes.DoubleType)
            .add("inchikey", DataTypes.StringType)
            .add("expert", DataTypes.StringType);

    @Test
    void numbersOfAColumnHaveEqualDecimalsAndTheTextIsLast() {
        RunSelection.Result result = new RunSelection.Result(
                SCHEMA,
                List.of(
                        RowFactory.create(1, "CCO", 0.72623, 46.069, 0.9, 0.0, "LFQSCWFLJHTTHZ-UHFFFAOYSA-N", "mw"),
                        RowFactory.create(2, "c1ccccc1", 0.7, 1278.114, 0.8, null, null, "evaluation")),
                List.of("rank", "geometric_mean", "mw", "rings", "expert", "smiles"),
                List.of(),
                List.of());
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        SelectionConsole.print(new PrintStream(out, true, StandardCharsets.UTF_8), result);

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""
                rank   mean    mw  rings  expert      smiles
                   1  0.726    46      0  mw          CCO
                   2  0.700  1278      -  evaluation  c1ccccc1

                in a file (--output) also: mw_shaped, inchikey

                """);
    }
}
