package io.solera.reward.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.reward.catalogue.RewardCatalogue;
import io.solera.reward.sql.compat.RefusedQueryException;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows the text is constant, and wrong constants are told when the query is analysed. */
class TestSqlConstants {
    private final SparkSession spark = SqlSession.open();

    private static String call(String reward, String... constants) {
        return SqlArguments.call(RewardCatalogue.entry(reward), List.of(constants))
                .text();
    }

    @Test
    void valuesComeInTheOrderOfTheCatalogueAndNamesLast() {
        assertThat(call("activity", "gsk3")).isEqualTo("activity(model=gsk3)");
        assertThat(call("activity", "gsk3", "", "ceiling")).isEqualTo("activity(domain=ceiling, model=gsk3, task='')");
        assertThat(call("activity", "model=gsk3, domain=ceiling")).isEqualTo("activity(domain=ceiling, model=gsk3)");
        assertThat(call("activity", "gsk3", "domain=ceiling")).isEqualTo("activity(domain=ceiling, model=gsk3)");
        assertThat(call("similarity", "CC=O")).isEqualTo("similarity(reference=CC=O)");
        assertThat(call("similarity", "C=C")).isEqualTo("similarity(reference=C=C)");
        assertThat(call("similarity", "reference='CC(=O)O'")).isEqualTo("similarity(reference='CC(=O)O')");
        assertThat(call("sa", "s3a://bucket/day=1/table.gz")).isEqualTo("sa(table=s3a://bucket/day=1/table.gz)");
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refusal(String expression) {
        return assertThatThrownBy(
                        () -> spark.sql("SELECT " + expression + " FROM VALUES ('CCO', 'CCN', 1) AS t(smiles, x, n)"))
                .as(expression)
                // of which shells print one line, where it has no cause
                .isInstanceOf(RefusedQueryException.class)
                .isInstanceOf(AnalysisException.class)
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"solera_", "rewards."})
    void wrongConstantsAreToldBeforeTheQueryRuns(String prefix) {
        refusal(prefix + "activity(smiles, 'modle=gsk3')")
                .hasMessage("Invalid argument: modle of activity(modle=gsk3) (must be one of model, task, domain,"
                        + " similarity; nearest: model)");
        refusal(prefix + "activity(smiles)")
                .hasMessage("Invalid reward: activity (model must be given, as in activity(model=gsk3))");
        refusal(prefix + "activity(smiles, 'gsk3', 'model=jnk3')")
                .hasMessage("Invalid reward: activity(model=jnk3) (argument model is given twice)");
        refusal(prefix + "activity(smiles, 'gsk3', '', 'ceilings')").hasMessageStartingWith("Invalid domain: ceilings");
        refusal(prefix + "qed(smiles, 'x')").hasMessage("Invalid arguments: 1 for qed (it takes none)");
        refusal(prefix + "sa(smiles, 'a', 'b')").hasMessage("Invalid arguments: 2 for sa (it takes table)");
        refusal(prefix + "similarity(smiles, x)")
                .hasMessageStartingWith("Invalid argument: ")
                .hasMessageEndingWith(" (must be a constant)");
        refusal(prefix + "similarity(smiles, NULL)")
                .hasMessageContaining("NULL of")
                .hasMessageEndingWith(" (must be a value)");
        refusal(prefix + "similarity(smiles, 'C1CC')")
                .hasMessage("Invalid reference: C1CC (must be the SMILES of a molecule)");
        refusal(prefix + "qed(n)").hasMessage("Invalid smiles: its type in qed is int (must be string)");
        refusal(prefix + "qed()").hasMessage("Invalid call: qed needs smiles (its parameters are smiles)");
        assertThatThrownBy(() -> spark.sql("SELECT " + prefix + "sa('CCO', 'lost/table.gz')"))
                .hasMessageContaining("lost/table.gz");
    }

    @ParameterizedTest
    @ValueSource(strings = {"solera_", "rewards."})
    void constantsMayBeExpressionsAndNumbers(String prefix) {
        assertThat(SqlSession.row(spark, "SELECT " + prefix + "similarity('CCO', concat('CC', 'O'))")
                        .getDouble(0))
                .isEqualTo(1);
        assertThat(SqlSession.row(spark, "SELECT " + prefix + "activity('CCO', 'gsk3', '', 'filter', 0.9)")
                        .getDouble(0))
                .isZero();
    }

    @Test
    void everyNameOfAnArgumentIsReadAsOne() {
        assertThat(RewardCatalogue.ENTRIES.stream().flatMap(entry -> SqlArguments.names(entry).stream()))
                .allSatisfy(name -> assertThat(name).matches("[a-z][a-z0-9-]*"));
    }

    private AbstractThrowableAssert<?, ? extends Throwable> tableRefusal(String table, String column, String rewards) {
        return assertThatThrownBy(() -> spark.sql(
                        "SELECT * FROM solera_score(TABLE(SELECT %s), '%s', '%s')".formatted(table, column, rewards)))
                .isInstanceOf(RefusedQueryException.class)
                .hasNoCause();
    }

    @Test
    void theTableFunctionChecksItsConstantsToo() {
        tableRefusal("'C' AS smiles", "smiles", "qde")
                .hasMessage("Invalid reward: qde (must be one of 'solera rewards'; nearest: qed)");
        tableRefusal("'C' AS smiles, 1 AS n", "text", "qed")
                .hasMessage("Cannot score the table: it has no column text (its columns are smiles, n)");
        tableRefusal("'C' AS smiles, 1 AS n", "n", "qed")
                .hasMessage("Cannot score the table: column n does not contain text (its type is int)");
        tableRefusal("'C' AS smiles, 1 AS QED", "smiles", "qed")
                .hasMessage("Cannot score the table: it has a column qed already (leave it out of the SELECT, or rename"
                        + " it)");
        tableRefusal("'C' AS smiles", "smiles", "qed, qed").hasMessage("Invalid rewards: qed is named twice");
        assertThatThrownBy(() -> spark.sql("SELECT * FROM solera_score('smiles', 'qed')"))
                .hasMessageStartingWith(
                        "Invalid call: solera_score needs a table, the column of the texts and the rewards");
    }

    @Test
    void whatReachesOutsideIsOffUnlessSparkWasStartedOtherwise() {
        spark.conf().set(SqlPermissions.KEY, "programs");
        String query = "SELECT solera_process('C', 'cat')";

        assertThatThrownBy(() -> spark.sql(query))
                .hasMessageStartingWith(
                        "Cannot use process: it runs a program or calls a service (allow it: --allow programs,");
        assertThatThrownBy(() -> spark.sql(query.replace("process", "http")))
                .hasMessageStartingWith("Cannot use http: it runs a program or calls a service");
    }

    @Test
    void theSettingsOfASessionTravelWithAQuery() {
        spark.sql("SET fs.s3a.endpoint=http://store");

        HadoopSettings settings = HadoopSettings.of(spark);

        assertThat(settings.configuration().get("fs.s3a.endpoint")).isEqualTo("http://store");
        assertThat(settings.changed()).doesNotContainKey("fs.trash.interval").hasSizeLessThan(60);
        assertThat(settings.toString()).doesNotContain("http://store");
    }
}
