package io.solera.reward.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A query runs no program and no code of its writer's choice, reads no environment, calls no service, and shows no file
 * in an error.
 */
class TestQueryGuard {
    private static final String SECRET = "dragonfruit";

    @TempDir
    private Path folder;

    private final SparkSession spark = SqlSession.open();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT TRANSFORM('x') USING 'cat' AS (o string)",
                "SELECT * FROM (SELECT TRANSFORM('x') USING 'cat' AS (o string)) t",
                "SELECT 1 WHERE EXISTS (SELECT TRANSFORM('x') USING 'cat' AS (o string))",
                "WITH t AS (FROM (SELECT 'x' AS a) s MAP a USING 'cat' AS o) SELECT * FROM t",
                "FROM (SELECT 'x' AS a) s REDUCE a USING 'cat' AS o",
                "SELECT (SELECT max(o) FROM (SELECT TRANSFORM('x') USING 'cat' AS (o string)))",
                "CREATE OR REPLACE TEMPORARY VIEW v AS SELECT TRANSFORM('x') USING 'cat' AS (o string)",
                "SELECT reflect('java.lang.System', 'getenv', 'HOME')",
                "SELECT java_method('java.lang.System', 'getenv', 'HOME')",
                "SELECT upper(JAVA_METHOD('java.lang.System', 'getenv', 'HOME'))",
                "SELECT a FROM VALUES ('HOME') AS t(a) WHERE reflect('java.lang.System', 'getenv', a) IS NOT NULL",
                "SELECT * FROM VALUES (1) AS t(a) ORDER BY java_method('java.lang.System', 'getenv', 'HOME')",
                "CREATE TEMPORARY FUNCTION evil AS 'java.lang.Runtime'",
                "CREATE FUNCTION evil AS 'java.lang.Runtime' USING JAR 'evil.jar'",
                "CREATE OR REPLACE FUNCTION evil AS 'org.apache.hadoop.hive.ql.udf.generic.GenericUDFReflect'",
                "ADD JAR evil.jar",
                "ADD FILE /etc/hostname",
                "ADD ARCHIVE evil.zip",
                "SET spark.sql.catalog.x=org.apache.spark.sql.execution.datasources.v2.jdbc.JDBCTableCatalog",
                "SELECT '${env:HOME}'",
                "SELECT '${system:user.home}'",
                "CREATE TEMPORARY VIEW d USING jdbc OPTIONS (url 'jdbc:derby:memory:x;create=true', dbtable"
                        + " 'sys.systables')",
                "CREATE TEMPORARY VIEW d USING JDBC OPTIONS (url 'jdbc:postgresql://h/x', dbtable 'a',"
                        + " sessionInitStatement 'b')"
            })
    void refusesWhatRunsProgramsOrReadsTheEnvironment(String query) {
        assertThatThrownBy(() -> spark.sql(query).collectAsList())
                .as(query)
                .isInstanceOf(query.contains("${") ? IllegalArgumentException.class : AnalysisException.class)
                .hasMessageStartingWith("Cannot use ")
                .hasMessageEndingWith("(can be allowed when Spark is started: spark.solera.sql.allow=programs)");
    }

    @Test
    void noSettingOfTheSessionAllowsThem() {
        spark.sql("SET spark.solera.sql.allow=programs");
        System.setProperty("spark.solera.sql.allow", "programs");
        try {
            assertThatThrownBy(() -> spark.sql("SELECT reflect('java.lang.System', 'getenv', 'HOME')"))
                    .hasMessageStartingWith("Cannot use reflect in SQL: it calls any method of Java");
            assertThatThrownBy(() -> spark.sql("SELECT solera_process('CCO', 'command=id')"))
                    .hasMessageContaining("spark.solera.sql.allow=programs");
        } finally {
            System.clearProperty("spark.solera.sql.allow");
        }
    }

    @Test
    void aVariableThatHoldsAVariableIsFollowed() {
        spark.sql("SET half=${");
        spark.sql("SET whole=${half}env:HOME}");
        assertThatThrownBy(() -> spark.sql("SELECT '${whole}'"))
                .hasMessageStartingWith("Cannot use ${env:...} in SQL: it reads the environment of the driver");
    }

    @Test
    void aDefaultOfAColumnRunsNoMethodEither() {
        assertThatThrownBy(() -> {
                    spark.sql("CREATE TABLE defaults (a STRING, b STRING DEFAULT"
                            + " java_method('java.lang.System', 'getenv', 'HOME')) USING parquet LOCATION '"
                            + folder.resolve("t") + "'");
                    spark.sql("INSERT INTO defaults (a) VALUES ('x')");
                })
                .hasMessageMatching("(?s).*(Cannot use java_method|NOT_CONSTANT).*");
        spark.sql("DROP TABLE IF EXISTS defaults");
    }

    @Test
    void ordinaryQueriesAreAsBefore() throws IOException {
        Path csv = Files.writeString(folder.resolve("t.csv"), "CCO\nCCN\n");
        spark.sql("SET spark.sql.shuffle.partitions=3");
        spark.sql("SET word=CCO");
        assertThat(SqlSession.row(
                                spark,
                                ("WITH t AS (SELECT _c0 AS s FROM csv.`%s`) SELECT count(*),"
                                                        + " max(transform(array(1), x -> x + 1)[0])")
                                                .formatted(csv)
                                        + " FROM t WHERE s = '${word}'")
                        .getLong(0))
                .isEqualTo(1);
        assertThat(spark.sql("CREATE OR REPLACE TEMPORARY VIEW v AS SELECT 'reflect' AS a, '$' AS b")
                        .count())
                .isZero();
    }

    @Test
    void namesNoServiceAsAFileOrModel() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        try {
            String host = "127.0.0.1:" + server.getAddress().getPort();
            for (String scheme : new String[] {"http", "HTTP", "https", "ftp", "webhdfs", "swebhdfs", "jar:http"}) {
                String url = scheme + "://" + host + "/x";
                for (String query : new String[] {
                    "SELECT solera_sa('CCO', 'table=%s')",
                    "SELECT rewards.sa('CCO', 'table=%s')",
                    "SELECT solera_fluency('CCO', 'model=%s')",
                    "SELECT solera_activity('CCO', 'model=%s')",
                    "SELECT solera_onnx('CCO', 'model=%s, reads=ecfp4, value=0')",
                    "SELECT solera_similarity('CCO', 'file=%s')",
                    "SELECT solera_motif_best('ACGT', 'motif=%s')",
                    "SELECT * FROM solera_score(TABLE(SELECT 'CCO' AS s), 's', 'sa(table=%s)')",
                    "SELECT * FROM text.`%s`"
                }) {
                    assertThatThrownBy(() -> spark.sql(query.formatted(url)).collectAsList())
                            .as(query.formatted(url))
                            .hasStackTraceContaining("Invalid location: " + url);
                }
            }
        } finally {
            server.stop(0);
        }
        assertThat(asked).hasValue(0);
    }

    @Test
    void noErrorShowsWhatIsInAFile() throws IOException {
        for (String content : new String[] {
            SECRET + ":x:0:0\n",
            ">" + SECRET + "\n" + SECRET + "\n",
            "\"" + SECRET + "\"",
            "{\"model_type\": \"" + SECRET + " " + SECRET + "\", \"task\": \"" + SECRET + "\"}",
            "CCO\n" + SECRET + " x\n",
            "AAA " + SECRET + "\n"
        }) {
            Path file = Files.writeString(folder.resolve("config.json"), content);
            Files.writeString(folder.resolve("tokenizer.json"), content);
            Files.writeString(folder.resolve("model.safetensors"), content);
            for (String query : new String[] {
                "SELECT solera_sa('CCO', 'table=%s')",
                "SELECT solera_motif_best('ACGT', 'motif=%s, name=root')",
                "SELECT solera_motif_sum('ACGT', 'motif=%s')",
                "SELECT solera_motif_correlation('ACGT', 'motifs=%s, sequences=%1$s')",
                "SELECT solera_similarity('CCO', 'file=%s')",
                "SELECT solera_substructure('CCO', 'file=%s')",
                "SELECT solera_codon_adaptation('ATG', 'table=%s')",
                "SELECT solera_activity('CCO', 'model=%2$s')",
                "SELECT solera_protein_prediction('CCO', 'model=%2$s')",
                "SELECT solera_fluency('CCO', 'model=%2$s')",
                "SELECT solera_onnx('CCO', 'model=%2$s, reads=ecfp4, value=0')"
            }) {
                assertThatThrownBy(
                                () -> spark.sql(query.formatted(file, folder)).collectAsList())
                        .as(query)
                        .satisfies(problem -> {
                            for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
                                assertThat(String.valueOf(cause.getMessage())).doesNotContain(SECRET);
                            }
                        });
            }
        }
    }
}
