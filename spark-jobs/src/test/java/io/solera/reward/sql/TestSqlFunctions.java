package io.solera.reward.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.catalogue.RewardCall;
import io.solera.reward.catalogue.RewardCatalogue;
import io.solera.reward.catalogue.RewardEntry;
import io.solera.reward.sql.compat.RefusedQueryException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.junit.jupiter.api.Test;

class TestSqlFunctions {
    private final SparkSession spark = SqlSession.open();

    /** An example of the documentation without its text. */
    private static String constants(SqlFunction function) {
        List<String> parameters = FunctionInfo.example(function);
        return parameters.stream()
                .skip(function.texts())
                .map(constant -> ", " + constant)
                .reduce("", String::concat);
    }

    private void texts(String... texts) {
        spark.createDataset(Arrays.asList(texts), Encoders.STRING())
                .toDF("text")
                .selectExpr("text", "'the cat sat' AS other")
                .createOrReplaceTempView("t");
    }

    @Test
    void everyRewardIsAFunctionByItsValueAndItsStatus() {
        List<String> catalogue = Arrays.stream(new RewardFunctionCatalog().listFunctions(new String[0]))
                .map(Identifier::name)
                .toList();

        for (RewardEntry entry : RewardCatalogue.ENTRIES) {
            for (String name : List.of(entry.name(), entry.name() + "_status")) {
                assertThat(catalogue).contains(name);
                assertThat(spark.sql("DESCRIBE FUNCTION EXTENDED solera_" + name)
                                .collectAsList()
                                .toString())
                        .contains("Usage: solera_" + name + "(", "Arguments:", "> SELECT solera_" + name + "(");
            }
        }
        assertThat(catalogue)
                .doesNotHaveDuplicates()
                .hasSize(2 * RewardCatalogue.ENTRIES.size() + 2)
                .contains("canonical_smiles", "inchikey", "scaffold");
    }

    @Test
    void allThreeWaysGiveTheScoresOfTheRewardItself() {
        String[] texts = {
            "CC(=O)Oc1ccccc1C(=O)O", null, "broken(", "MKVLAAGIWKRHDE", "ACGTACGTTTGACCAGCGT", "The cat sat."
        };
        texts(texts);
        int compared = 0;
        for (RewardEntry entry : RewardCatalogue.ENTRIES) {
            SqlFunction function = SqlFunction.of(entry);
            String call = entry.pairs() ? SqlArguments.call(entry, List.of()).text() : entry.example();
            String columns = entry.pairs() ? "text, other" : "text";
            String parameters = columns + constants(function);
            String query = ("SELECT solera_%1$s(%2$s), rewards.%1$s(%2$s), solera_%1$s_status(%2$s),"
                            + " rewards.%1$s_status(%2$s) FROM t")
                    .formatted(entry.name(), parameters);
            Reward reward;
            try {
                reward = RewardCatalogue.create(
                        RewardCall.parse(call), new HadoopResources(new Configuration(), Set.of()));
            } catch (IOException e) {
                assertThatThrownBy(() -> spark.sql(query))
                        .isInstanceOf(RefusedQueryException.class)
                        .hasNoCause()
                        .hasMessage(e.getMessage());
                continue;
            } catch (IllegalArgumentException notAllowed) {
                assertThatThrownBy(() -> spark.sql(query)).hasMessage(notAllowed.getMessage());
                continue;
            }
            List<Score> scores = entry.pairs()
                    ? reward.score(Arrays.asList(texts), Collections.nCopies(texts.length, "the cat sat"))
                    : reward.score(Arrays.asList(texts));
            List<Row> scalars = spark.sql(query).collectAsList();
            List<Row> table = spark.sql(
                            "SELECT * FROM solera_score(TABLE(SELECT text, other AS reference FROM t), 'text', \"%s\")"
                                    .formatted(call))
                    .collectAsList();
            for (int i = 0; i < texts.length; i++) {
                Score score = scores.get(i);
                Double value = score.present() ? score.value() : null;
                assertThat(Arrays.asList(
                                scalars.get(i).get(0),
                                scalars.get(i).get(1),
                                table.get(i).get(2)))
                        .as("%s of %s", call, texts[i])
                        .containsOnly(value);
                assertThat(Arrays.asList(
                                scalars.get(i).get(2),
                                scalars.get(i).get(3),
                                table.get(i).get(3)))
                        .as("status of %s of %s", call, texts[i])
                        .containsOnly(score.status().text());
            }
            compared++;
        }
        assertThat(compared).isGreaterThanOrEqualTo(9);
    }

    @Test
    void scaffoldOfOneParameterIsATextAndWithAReferenceAReward() {
        for (String prefix : List.of("solera_", "rewards.")) {
            assertThat(SqlSession.row(
                                    spark,
                                    ("SELECT %1$sscaffold(text), %1$sscaffold(text, 'CCc1ccccc1'),"
                                                    + " %1$sscaffold(text, 'reference=C1CC1'),"
                                                    + " %1$sscaffold_status(text, 'CCc1ccccc1'), %1$sscaffold('CCO'),"
                                                    + " %1$sscaffold('C1CC'), %1$sscaffold(NULL),"
                                                    + " typeof(%1$sscaffold(text)), typeof(%1$sscaffold(text,"
                                                    + " 'C1CC1')) FROM (SELECT 'Oc1ccccc1' AS text)")
                                            .formatted(prefix))
                            .toString())
                    .as(prefix)
                    .isEqualTo("[c1ccccc1,1.0,0.0,ok,,null,null,string,double]");
            assertThatThrownBy(() -> spark.sql("SELECT %sscaffold(7)".formatted(prefix)))
                    .hasMessageContaining(
                            "Invalid call: scaffold of 1 parameters, [int] (must be of one string, smiles)");
            assertThatThrownBy(() -> spark.sql("SELECT %sscaffold('CCO', 'CCO')".formatted(prefix)))
                    .hasMessageContaining("Invalid reference: OCC (must have a ring)");
            assertThatThrownBy(() -> spark.sql("SELECT %smurcko_scaffold('CCO')".formatted(prefix)))
                    .hasMessageContaining("murcko_scaffold");
        }
        assertThat(spark.sql("DESCRIBE FUNCTION EXTENDED solera_scaffold")
                        .collectAsList()
                        .toString())
                .contains(
                        "solera_scaffold(smiles) - Returns the canonical SMILES of a molecule's Murcko scaffold",
                        "solera_scaffold(smiles, reference, file) - Returns whether the Bemis-Murcko scaffold equals");
    }

    @Test
    void inchikeyIsATextOfAMolecule() {
        for (String prefix : List.of("solera_", "rewards.")) {
            assertThat(SqlSession.row(
                                    spark,
                                    ("SELECT %1$sinchikey('N[C@@H](C)C(O)=O'), %1$sinchikey('C1CC'),"
                                                    + " %1$sinchikey('*C'), %1$sinchikey(NULL)")
                                            .formatted(prefix))
                            .toString())
                    .as(prefix)
                    .isEqualTo("[QNAYBMKLOCPYGJ-REOHCLBHSA-N,null,null,null]");
        }
    }

    @Test
    void nullAndBrokenTextsGiveNullAndTheReason() {
        assertThat(SqlSession.row(
                                spark,
                                "SELECT solera_qed(NULL), solera_qed_status(NULL), rewards.qed(NULL),"
                                        + " rewards.qed_status(NULL), solera_qed('C1CC'),"
                                        + " solera_qed_status('C1CC'), rewards.mw('C1CC'),"
                                        + " rewards.mw_status('C1CC'), solera_qed_status(repeat('C', 10000))")
                        .toString())
                .isEqualTo(
                        "[null,invalid-input,null,invalid-input,null,invalid-input,null,invalid-input,not-applicable]");
    }

    @Test
    void columnsViewsAndNewSessionsKnowTheFunctions() {
        texts("CCO", "CCN");
        spark.sql("CREATE TEMPORARY VIEW weighed AS SELECT text, solera_mw(text) AS mw, rewards.tpsa(text) AS tpsa"
                + " FROM t");
        spark.sql("CREATE TEMPORARY VIEW scored AS SELECT * FROM solera_score(TABLE(weighed), 'text', 'logp')");

        assertThat(spark.sql("SELECT * FROM scored WHERE mw > 45.5").collectAsList())
                .singleElement()
                .satisfies(row ->
                        assertThat(row.toString()).startsWith("[CCO,46.06").endsWith(",ok]"));
        assertThat(spark.sql("SELECT solera_mw(text) AS w FROM t GROUP BY solera_mw(text) HAVING"
                                + " avg(solera_mw(text)) > 45.5")
                        .count())
                .isOne();
        SparkSession other = spark.newSession();
        assertThat(other.sql("SELECT solera_mw('CCO')").head().getDouble(0)).isBetween(46.0, 46.1);
    }

    @Test
    void columnsAreNamedByTheirConstants() {
        texts("CCO");

        assertThat(spark.sql("SELECT solera_similarity(text, 'CCO'), solera_qed(text) FROM t")
                        .columns())
                .containsExactly("solera_similarity(text, CCO)", "solera_qed(text)");
    }

    @Test
    void rulesAreDeterministicAndNetworksAreAskedOnce() {
        String query =
                "SELECT a FROM (SELECT %s AS a FROM (SELECT string(id) AS text FROM range(3))) WHERE a > 0 AND a < 1";

        assertThat(calls("solera_qed(text)", query)).isGreaterThan(1);
        assertThat(calls("solera_activity(text, 'gsk3')", query)).isOne();
        assertThat(calls("rewards.activity(text, 'gsk3')", query)).isOne();
    }

    private int calls(String function, String query) {
        String plan = spark.sql("EXPLAIN EXTENDED " + query.formatted(function))
                .head()
                .getString(0);
        plan = plan.substring(plan.indexOf("== Optimized Logical Plan =="), plan.indexOf("== Physical Plan =="));
        return plan.split("(?i)qed\\(|activity\\(|applyfunctionexpression\\(", -1).length - 1;
    }

    @Test
    void describesWhatARewardMeansAndTakes() {
        String told = String.join(
                "\n",
                spark.sql("DESCRIBE FUNCTION EXTENDED solera_sa")
                        .as(Encoders.STRING())
                        .collectAsList());

        assertThat(told)
                .contains(
                        "Function: solera_sa",
                        "Usage: solera_sa(smiles, table) - Returns synthetic accessibility, 1 is easy. Unit: none."
                                + " Range: 1 .. 10. Better: lower.",
                        "* smiles - the text to score; NULL and broken texts give NULL",
                        "* table - a fragment table instead of the published one; own: a table counted from"
                                + " ChEMBL and PubChem (a constant)",
                        "> SELECT solera_sa('CC(=O)Oc1ccccc1C(=O)O');",
                        "Defined by Ertl and Schuffenhauer, J. Cheminform. 1, 8 (2009).",
                        "Since: 0.1.0");
    }
}
