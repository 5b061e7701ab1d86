package io.solera.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/solera}, in a folder that was built elsewhere, with a Java that only says what it was given. */
class TestLauncher {
    private static final String BRIEF = "-XX:TieredStopAtLevel=1";
    private static final String PATIENT = "-XX:Tier4InvocationThreshold=50000";

    @TempDir
    private Path folder;

    private Path root;
    private Path home;

    private record Outcome(int code, String text) {}

    @BeforeEach
    void makeAFolderThatWasBuilt() throws IOException {
        root = folder.resolve("a folder");
        Path target = Files.createDirectories(root.resolve("spark-jobs/target"));
        for (String module : List.of("model-runtime", "reward-udfs")) {
            Path jar = root.resolve(module + "/target/solera-" + module + "-1.jar");
            Files.createDirectories(jar.getParent());
            Files.createFile(jar);
        }
        Files.createFile(target.resolve("solera-spark-jobs-1.jar"));
        Files.writeString(
                target.resolve("classpath.txt"),
                "/elsewhere/model-runtime/target/solera-model-runtime-1.jar:/elsewhere/reward-udfs/target/sol"
                        + "era-reward-udfs-1.jar");
        Files.writeString(target.resolve("jvm-options"), "--add-opens=java.base/java.lang=ALL-UNNAMED");
        Files.createDirectories(root.resolve("bin"));
        Files.copy(Path.of("../bin/solera"), root.resolve("bin/solera"));
        home = folder.resolve("a jdk");
        Files.createDirectories(home.resolve("bin"));
        java("");
        version("17.0.1");
    }

    private void version(String version) throws IOException {
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    }

    /** A Java that prints its arguments, a line each; before that it does what is given. */
    private void java(String before) throws IOException {
        Path java = home.resolve("bin/java");
        Files.writeString(java, "#!/usr/bin/env bash\n" + before + "\nprintf '%s\\n' \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
    }

    private Outcome run(String... arguments) throws Exception {
        return run(Map.of(), arguments);
    }

    private Outcome run(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("bash", root.resolve("bin/solera").toString()));
        command.addAll(Arrays.asList(arguments));
        Path printed = folder.resolve("printed");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(printed.toFile());
        builder.directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SOLERA_") || name.endsWith("JAVA_OPTIONS"));
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().put("JAVA_HOME", home.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("it ends").isTrue();
            return new Outcome(process.exitValue(), Files.readString(printed, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void handsArgumentsOnAsTheyAre() throws Exception {
        Outcome outcome = run("sql", "SELECT rewards.qed('CCO')", "*", "");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.text()).endsWith("io.solera.jobs.Solera\nsql\nSELECT rewards.qed('CCO')\n*\n\n");
    }

    @Test
    void putsWhatWasBuiltHereFirst() throws Exception {
        assertThat(run("rewards").text())
                .contains(
                        "-cp\n" + root.toRealPath() + "/spark-jobs/target/solera-spark-jobs-1.jar:" + root.toRealPath()
                                + "/model-runtime/target/solera-model-runtime-1.jar:" + root.toRealPath()
                                + "/reward-udfs/target/solera-reward-udfs-1.jar\n");
    }

    @Test
    void takesTheHeapThatIsAskedFor() throws Exception {
        assertThat(run("rewards").text()).contains("-Xmx1200m\n");
        assertThat(run(Map.of("SOLERA_HEAP", "7g"), "rewards").text()).contains("-Xmx7g\n");
    }

    @Test
    void compilesThoroughlyWhatRunsForMinutesOnly() throws Exception {
        assertThat(run("quickstart").text()).doesNotContain(BRIEF).doesNotContain(PATIENT);
        assertThat(run("train", "--help").text()).contains(BRIEF);
        assertThat(run("--help").text()).contains(BRIEF);
        assertThat(run().text()).contains(BRIEF);
        assertThat(run("sql", "SELECT rewards.qed('CCO')").text()).contains(BRIEF);
        assertThat(run("sql", "select * from parquet.`/data`").text()).contains(PATIENT);
    }

    @Test
    void goesByTheSizeOfATable() throws Exception {
        Files.writeString(folder.resolve("small.csv"), "smiles\nCCO\n");
        Files.writeString(folder.resolve("large table.csv"), "smiles\n" + "CCO\n".repeat(300_000));
        Files.createDirectories(folder.resolve("parts"));
        assertThat(run("score", "--input", "small.csv", "--rewards", "qed").text())
                .contains(BRIEF);
        assertThat(run("score", "--input=small.csv", "--rewards", "sa(table=own)")
                        .text())
                .contains(BRIEF);
        for (String input : List.of("large table.csv", "parts", "s3a://b/t.csv", "*.csv", "table:lab.molecules")) {
            assertThat(run("score", "--input", input, "--rewards", "qed").text())
                    .contains(PATIENT);
            assertThat(run("score", "--input=" + input, "--rewards", "qed").text())
                    .contains(PATIENT);
        }
        assertThat(run("sql", "--input", "m=large table.csv", "SELECT 1").text())
                .contains(PATIENT);
    }

    @Test
    void archivesClassesOnceForEachBuild() throws Exception {
        java("for a; do case $a in -XX:SharedArchiveFile=*.next) echo classes >\"${a#*=}\" ;; esac; done");
        Path archive = root.toRealPath().resolve("spark-jobs/target/classes.jsa");
        assertThat(run(Map.of("SOLERA_ARCHIVE", "off"), "rewards").text())
                .doesNotContain("Preparing")
                .doesNotContain("SharedArchiveFile");
        assertThat(run("rewards").text())
                .startsWith("Preparing faster starts")
                .contains("-XX:SharedArchiveFile=" + archive + "\n");
        assertThat(archive).hasContent("classes");
        assertThat(run("rewards").text())
                .doesNotContain("Preparing")
                .contains("-XX:SharedArchiveFile=" + archive + "\n");
        Path jar = root.resolve("spark-jobs/target/solera-spark-jobs-1.jar");
        Files.setLastModifiedTime(jar, FileTime.fromMillis(System.currentTimeMillis() + 5000));
        assertThat(run("rewards").text()).startsWith("Preparing faster starts");
    }

    @Test
    void anArchiveThatCannotBeMadeCostsNothingButTheTry() throws Exception {
        assertThat(run("rewards").text()).startsWith("Preparing faster starts").doesNotContain("SharedArchiveFile");
        java("case \" $* \" in *Rehearsal* | *-Xshare:dump*) exit 1 ;; esac");
        Files.delete(root.resolve("spark-jobs/target/classes.jsa.for"));
        Outcome failed = run("rewards");
        assertThat(failed.code()).isZero();
        assertThat(failed.text()).startsWith("Preparing faster starts").doesNotContain("SharedArchiveFile");
        assertThat(run("rewards").text()).doesNotContain("Preparing");
    }

    @Test
    void anAgentGetsNoArchive() throws Exception {
        assertThat(run(Map.of("JAVA_TOOL_OPTIONS", "-javaagent:profiler.jar"), "rewards")
                        .text())
                .doesNotContain("Preparing")
                .doesNotContain("SharedArchiveFile");
    }

    @Test
    void anotherJavaIsRefusedWithTheWayOut() throws Exception {
        version("11.0.2");
        Outcome old = run("rewards");
        assertThat(old.code()).isEqualTo(2);
        assertThat(old.text())
                .startsWith("Cannot start: " + home
                        + "/bin/java is Java 11, and Spark needs 17 (17 to 21); install a JDK 17")
                .hasLineCount(1);
        Files.delete(home.resolve("bin/java"));
        assertThat(run("rewards").text())
                .startsWith("Cannot start: no Java is found (" + home + "/bin/java); install a JDK 17");
    }

    @Test
    void worksThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("solera"), root.resolve("bin/solera"));
        root = Files.createDirectories(folder.resolve("other"));
        Files.createDirectories(root.resolve("bin"));
        Files.createSymbolicLink(root.resolve("bin/solera"), link);
        assertThat(run("rewards").text()).endsWith("io.solera.jobs.Solera\nrewards\n");
    }
}
