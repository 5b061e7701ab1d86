package io.solera.reward.molecule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Native libraries are unpacked where nobody else can exchange them. */
class TestInchiLibrary {
    private static final String FOLDER = "jna.tmpdir";

    @TempDir
    private Path parent;

    @Test
    void unpacksInAFolderOfThisUserAlone() throws IOException {
        String before = System.getProperty(FOLDER);
        Path folder = parent.resolve("a/jna");
        for (int time = 0; time < 2; time++) {
            InchiLibrary.unpackedIn(
                    folder, () -> assertThat(System.getProperty(FOLDER)).isEqualTo(folder.toString()));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
            assertThat(System.getProperty(FOLDER)).isEqualTo(before);
        }
    }

    @Test
    void refusesAFolderThatEverybodyCanChange() throws IOException {
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxrwxrwx"));
        AtomicBoolean loading = new AtomicBoolean();

        assertThatThrownBy(() -> InchiLibrary.unpackedIn(parent.resolve("jna"), () -> loading.set(true)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Cannot load native libraries from")
                .hasMessageContaining("everybody can write to " + parent);
        assertThat(loading).isFalse();
    }

    @Test
    void theSettingIsAsBeforeWhereLoadingFails() {
        String before = System.getProperty(FOLDER);
        assertThatThrownBy(() -> InchiLibrary.unpackedIn(parent.resolve("jna"), () -> {
                    throw new IllegalStateException("no such library");
                }))
                .hasMessage("no such library");
        assertThat(System.getProperty(FOLDER)).isEqualTo(before);
    }
}
