package io.solera.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestNativeFolder {
    @TempDir
    private Path folder;

    private static void permit(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private Path library() throws IOException {
        Path library = Files.createDirectories(folder.resolve("cache/2.7.1")).resolve("libtorch.so");
        return Files.writeString(library, "native");
    }

    @Test
    void takesWhatOnlyThisUserCanChange() throws IOException {
        library();
        assertThatCode(() -> NativeFolder.require(folder.resolve("cache"))).doesNotThrowAnyException();
        assertThatCode(() -> NativeFolder.require(folder.resolve("not/there/yet")))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesWhatEverybodyCanChange() throws IOException {
        Path library = library();
        permit(library, "rwxr-xrw-");
        assertThatThrownBy(() -> NativeFolder.require(folder.resolve("cache")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(("Cannot load native libraries from %s: everybody can write to it (rwxr-xrw-) (remove"
                                + " it, or name another folder with DJL_CACHE_DIR, or"
                                + " org.bytedeco.javacpp.cachedir for ND4J)")
                        .formatted(library));
        permit(library, "rwxr-xr-x");
        permit(library.getParent(), "rwxr-xrwx");
        assertThatThrownBy(() -> NativeFolder.require(folder.resolve("cache")))
                .hasMessageContaining("%s: everybody can write to it".formatted(library.getParent()));
    }

    @Test
    void refusesAWayThatEverybodyCanTurn() throws IOException {
        library();
        permit(folder, "rwxrwxrwx");
        assertThatThrownBy(() -> NativeFolder.require(folder.resolve("cache")))
                .hasMessageContaining("everybody can write to " + folder);
    }

    @Test
    void refusesLinks() throws IOException {
        Path library = library();
        Path other = Files.writeString(folder.resolve("other.so"), "native");
        Files.delete(library);
        Files.createSymbolicLink(library, other);
        assertThatThrownBy(() -> NativeFolder.require(folder.resolve("cache")))
                .hasMessageContaining("it is a symbolic link that leads out of the folder");
    }

    @Test
    void libraryMayBeKnownByASecondNameNextToIt() throws IOException {
        Path library = library();
        Files.createSymbolicLink(library.resolveSibling("libsecond.so"), library.getFileName());
        NativeFolder.require(folder.resolve("cache"));
    }

    @Test
    void takesTheGroupsRightToWriteAway() throws IOException {
        Path library = library();
        permit(library, "rwxrwxr-x");
        NativeFolder.require(folder.resolve("cache"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(library)))
                .isEqualTo("rwxr-xr-x");
    }
}
