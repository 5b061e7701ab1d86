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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the code to the table of docs/architecture.md: which package may import which. */
class TestModuleBoundaries {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.solera");

    /**
     * What a package may import: the rows it names, its libraries, lang, problem, the JDK and JSpecify, and a compat
     * package Scala.
     */
    private record Row(String name, List<String> ours, List<String> libraries) {
        boolean allows(String to) {
            return within(to, "java")
                    || within(to, "org.jspecify.annotations")
                    || to.equals(PREFIX + "problem") // every package can say whose turn it is
                    || within(to, "scala") && name.endsWith("compat")
                    || libraries.stream().anyMatch(library -> within(to, library))
                    || to.equals(PREFIX + "lang")
                    || to.equals(PREFIX + name)
                    || ours.stream().anyMatch(row -> to.equals(PREFIX + row));
        }
    }

    private static final String PREFIX = "io.solera.";
    private static final List<Row> TABLE = table(Path.of("../docs/architecture.md"));

    @Test
    void everyPackageImportsWhatItsRowAllows() {
        classes().should(keepToTheirRow()).check(CLASSES);
    }

    @Test
    void noRowAllowsALibraryThatNobodyImports() {
        List<String> unused = new ArrayList<>();
        for (Row row : TABLE) {
            Set<String> used = CLASSES.stream()
                    .filter(type -> type.getPackageName().equals(PREFIX + row.name))
                    .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                    .map(dependency ->
                            dependency.getTargetClass().getBaseComponentType().getPackageName())
                    .collect(Collectors.toSet());
            row.libraries.stream()
                    .filter(library -> used.stream().noneMatch(to -> within(to, library)))
                    .forEach(library -> unused.add(row.name + ": " + library));
        }
        assertThat(unused).isEmpty();
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("io.solera.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void noFolderHasMoreThanTwentyFiveFiles() throws IOException {
        Map<Path, Long> files;
        try (Stream<Path> all = Files.walk(Path.of(".."))) {
            files = all.filter(file -> file.toString().contains("/src/main/"))
                    .filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
        }
        assertThat(files).hasSizeGreaterThan(TABLE.size() - 5);
        assertThat(files)
                .allSatisfy((folder, count) ->
                        assertThat(count).as("files of %s", folder).isLessThanOrEqualTo(25));
    }

    @Test
    void everyPackageSaysWhatItIsFor() throws IOException {
        for (Row row : TABLE) {
            String file = "src/main/java/io/solera/%s/package-info.java".formatted(row.name.replace('.', '/'));
            Path page = Stream.of("model-runtime", "reward-udfs", "spark-jobs")
                    .map(module -> Path.of("..", module, file))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no package-info.java of " + row.name));
            assertThat(Files.readString(page)).as(row.name).containsPattern("[Ii]mport(s|ed)\\b");
        }
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
                    if (!to.isEmpty() && !row.get().allows(to)) {
                        events.add(violated(
                                type,
                                "%s may not import %s: %s".formatted(row.get().name, to, dependency.getDescription())));
                    }
                }
            }
        };
    }

    /** The rows of the first table of a page that has three columns, the first of them packages. */
    private static List<Row> table(Path page) {
        List<Row> rows = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(page)) {
                String[] cells = line.split(" *[|] *", -1);
                if (line.startsWith("| ") && cells.length == 5 && !cells[1].equals("package")) {
                    List<String> ours = new ArrayList<>();
                    for (String name : names(cells[2])) {
                        ours.addAll(named(name, rows));
                    }
                    rows.add(new Row(cells[1], ours, names(cells[3])));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    /** The rows above that a name means; there must be some, since an arrow never points back up. */
    private static List<String> named(String name, List<Row> above) {
        List<String> rows = above.stream()
                .map(Row::name)
                .filter(row -> name.equals("all above")
                        || row.equals(name)
                        || name.endsWith(".*") && row.startsWith(name.substring(0, name.length() - 1)))
                .toList();
        assertThat(rows).as("rows above that %s names", name).isNotEmpty();
        return rows;
    }

    private static List<String> names(String cell) {
        return cell.equals("-") ? List.of() : List.of(cell.split(", "));
    }

    private static Optional<Row> rowOf(String packageName) {
        return TABLE.stream()
                .filter(row -> packageName.equals(PREFIX + row.name))
                .findFirst();
    }

    private static boolean within(String packageName, String parent) {
        return packageName.equals(parent) || packageName.startsWith(parent + ".");
    }
}
