package io.solera;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.solera.store.storage.Deletion;
import java.io.File;
import java.nio.file.Files;
import java.util.Set;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.junit.jupiter.api.Test;

/** What deletes goes through {@link Deletion}, and what is temporary through the one place that keeps it private. */
class TestDeletions {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.solera");

    private static DescribedPredicate<JavaCall<?>> call(Class<?> owner, Set<String> names) {
        return DescribedPredicate.describe(
                "calls of %s.%s".formatted(owner.getSimpleName(), names),
                call -> call.getTargetOwner().isAssignableTo(owner)
                        && names.contains(call.getTarget().getName()));
    }

    @Test
    void deletesInOnePlaceOnly() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(Deletion.class)
                .should()
                .callMethodWhere(call(Files.class, Set.of("delete", "deleteIfExists"))
                        .or(call(File.class, Set.of("delete", "deleteOnExit")))
                        .or(call(FileUtil.class, Set.of("fullyDelete", "fullyDeleteContents", "fullyDeleteOnExit")))
                        .or(call(FileContext.class, Set.of("delete", "deleteOnExit")))
                        .or(call(FileSystem.class, Set.of("delete", "deleteOnExit"))))
                .check(CLASSES);
    }

    @Test
    void makesTemporaryFilesInOnePlaceOnly() {
        noClasses()
                .that()
                .haveNameNotMatching("io\\.solera\\.store\\.storage\\.PrivateFolder")
                .should()
                .callMethodWhere(call(Files.class, Set.of("createTempFile", "createTempDirectory"))
                        .or(call(File.class, Set.of("createTempFile"))))
                .check(CLASSES);
    }
}
