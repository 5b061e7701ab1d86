package io.solera.reward.molecule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Native libraries are unpacked where nobody else can exchange them. */
class TestInchiLibrary {
    private static final String FOLDER = "jna.tmpdir";

    @TempDir
    private Path parent;

    private List<Path> left() throws IOException {
        try (Stream<Path> all = Files.list(parent)) {
            return all.toList();
        }
    }

    @Test
    void unpacksInAFolderOfThisUserAloneThatIsGoneAfterwards() throws IOException {
        String before = System.getProperty(FOLDER);

        InchiLibrary.unpackedIn(parent, () -> {
            Path folder = Path.of(System.getProperty(FOLDER));
            assertThat(folder).startsWith(parent);
            try {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                        .isEqualTo("rwx------");
                Files.createFile(folder.resolve("jna1.tmp"));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });

        assertThat(System.getProperty(FOLDER)).isEqualTo(before);
        assertThat(left()).isEmpty();
    }

    @Test
    void refusesAFolderThatEverybodyCanExchange() throws IOException {
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(() -> InchiLibrary.unpackedIn(parent, () -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Cannot load native libraries from")
                .hasMessageContaining("everybody can write to " + parent);
        assertThat(left()).isEmpty();
    }

    @Test
    void leavesNothingWhereLoadingFails() throws IOException {
        assertThatThrownBy(() -> InchiLibrary.unpackedIn(parent, () -> {
                    throw new IllegalStateException("no such library");
                }))
                .hasMessage("no such library");
        assertThat(left()).isEmpty();
    }
}
