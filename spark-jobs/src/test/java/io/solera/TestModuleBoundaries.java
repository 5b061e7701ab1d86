package io.solera;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The house table of docs/architecture.md: which package may import which. */
class TestModuleBoundaries {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.solera");

    private static final String[] RUNTIME = {"rl", "text", "text.chat", "checkpoint", "model"};
    private static final String[] REWARDS = {
        "reward",
        "reward.molecule",
        "reward.protein",
        "reward.dna",
        "reward.text",
        "reward.learned",
        "reward.policy",
        "reward.outside"
    };
    private static final String[] BELOW_THE_JOBS = with(with(RUNTIME, REWARDS), "reward.catalogue", "config");
    private static final String[] CLUSTER = {"org.apache.spark", "org.apache.hadoop", "org.slf4j"};

    /** What a package may import: JDK, its own and JSpecify always; a compat package also Scala. */
    private record Row(String name, List<String> ours, List<String> outside) {
        static Row row(String name, String... ours) {
            return new Row(name, List.of(ours), List.of());
        }

        Row outside(String... libraries) {
            return new Row(name, ours, List.of(libraries));
        }

        boolean allows(String from, String to) {
            return within(to, "java")
                    || within(to, "org.jspecify.annotations")
                    || within(to, "scala") && from.endsWith(".compat")
                    || outside.stream().anyMatch(library -> within(to, library))
                    || within(to, "io.solera")
                            && rowOf(to)
                                    .filter(at -> at.equals(this) || ours.contains(at.name()))
                                    .isPresent();
        }
    }

    private static final List<Row> TABLE = List.of(
            Row.row("rl"),
            Row.row("text").outside("ai.djl.huggingface", "ai.djl.util"),
            Row.row("text.chat"),
            Row.row("checkpoint", "rl", "text", "text.chat").outside("com.google.gson"),
            Row.row("model", "rl", "text", "checkpoint").outside("ai.djl", "ai.onnxruntime"),
            Row.row("reward"),
            Row.row("reward.molecule", "reward", "text")
                    .outside("org.openscience.cdk", "javax.vecmath", "io.github.dan2097.jnainchi"),
            Row.row("reward.protein", "reward"),
            Row.row("reward.dna", "reward"),
            Row.row("reward.text", "reward").outside("com.google.re2j"),
            Row.row("reward.outside", "reward").outside("com.google.gson", "com.sun.management"),
            Row.row("reward.learned", with(RUNTIME, "reward", "reward.molecule"))
                    .outside("org.deeplearning4j", "org.nd4j", "org.bytedeco", "com.google.gson"),
            Row.row("reward.policy", with(RUNTIME, "reward")),
            Row.row("reward.catalogue", with(RUNTIME, REWARDS)),
            Row.row("reward.sql", with(with(RUNTIME, REWARDS), "reward.catalogue"))
                    .outside("org.apache.spark", "org.apache.hadoop"),
            Row.row("config", with(with(RUNTIME, REWARDS), "reward.catalogue")).outside("org.yaml.snakeyaml"),
            Row.row("store", with(BELOW_THE_JOBS, "train", "score", "report", "table"))
                    .outside(with(CLUSTER, "com.google.gson")),
            Row.row("table", "reward.molecule", "reward.catalogue", "config")
                    .outside(with(CLUSTER, "com.fasterxml.jackson.core", "org.apache.parquet")),
            Row.row("score", with(BELOW_THE_JOBS, "store", "train", "report", "table"))
                    .outside(with(CLUSTER, "com.google.gson")),
            Row.row("select", with(BELOW_THE_JOBS, "store", "score", "train", "table"))
                    .outside(with(CLUSTER, "com.google.gson")),
            Row.row("train", with(BELOW_THE_JOBS, "store", "score", "report", "table"))
                    .outside(with(CLUSTER, "com.google.gson", "com.sun.management")),
            Row.row("report", with(BELOW_THE_JOBS, "store", "score", "train"))
                    .outside(with(CLUSTER, "com.google.gson")),
            Row.row("jobs", with(BELOW_THE_JOBS, "reward.sql", "store", "score", "select", "train", "report", "table"))
                    .outside(with(CLUSTER, "com.google.gson", "picocli")));

    @Test
    void everyPackageImportsWhatItsRowAllows() {
        classes().should(keepToTheirRow()).check(CLASSES);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("io.solera.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void nobodyImportsTheCommandLine() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.solera.jobs..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.solera.jobs..")
                .check(CLASSES);
    }

    @Test
    void sampledNumbersComeFromKeysAndNeverFromTheClock() {
        noClasses()
                .that()
                .resideInAnyPackage("io.solera.rl..", "io.solera.model..", "io.solera.train..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(RandomGenerator.class)
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(CLASSES);
    }

    @Test
    void namesSayWhatAThingIs() {
        classes()
                .should()
                .haveNameNotMatching(".*[.$]((Abstract|Base)[A-Z]\\w*|\\w*(Utils?|Factory|Manager))")
                .check(CLASSES);
    }

    @Test
    void modulesAreAllSeen() {
        assertThat(CLASSES.stream().map(JavaClass::getPackageName))
                .contains("io.solera.rl", "io.solera.model", "io.solera.reward.molecule", "io.solera.jobs");
    }

    private static ArchCondition<JavaClass> keepToTheirRow() {
        return new ArchCondition<>("import only what the table allows") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Optional<Row> row = rowOf(type.getPackageName());
                if (row.isEmpty()) {
                    events.add(violated(type, "%s has no row in the table".formatted(type.getPackageName())));
                    return;
                }
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    String to =
                            dependency.getTargetClass().getBaseComponentType().getPackageName();
                    if (!to.isEmpty() && !row.get().allows(type.getPackageName(), to)) {
                        events.add(violated(
                                type,
                                "%s may not import %s: %s".formatted(row.get().name, to, dependency.getDescription())));
                    }
                }
            }
        };
    }

    private static Optional<Row> rowOf(String packageName) {
        return TABLE.stream()
                .filter(row -> within(packageName, "io.solera." + row.name))
                .max(Comparator.comparingInt(row -> row.name.length()));
    }

    private static boolean within(String packageName, String parent) {
        return packageName.equals(parent) || packageName.startsWith(parent + ".");
    }

    private static String[] with(String[] names, String... more) {
        return Stream.concat(Arrays.stream(names), Arrays.stream(more)).toArray(String[]::new);
    }
}
