package io.solera.text;

import io.solera.problem.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder that native libraries are unpacked into and that later processes load them from: anyone who can write
 * there runs code in all of them. So before loading, everything in it must belong to this user (or root) and be
 * writable by nobody else, and nobody else may be able to redirect the path to it. Bytes are not compared with those of
 * the jar: that would cost seconds at every start, and anyone who can change them in such a folder can change the jar
 * as well.
 */
public final class NativeFolder {
    private static final String WAY_OUT =
            "remove it, or name another folder with DJL_CACHE_DIR, or org.bytedeco.javacpp.cachedir for ND4J";
    private static final int STICKY = 01000;
    private static final int OTHERS_WRITE = 0002;

    private NativeFolder() {}

    /**
     * @param folder need not exist yet
     * @throws IllegalStateException naming what others could change
     */
    public static void require(Path folder) {
        try {
            UserPrincipal self = self();
            requireWay(folder.toAbsolutePath());
            if (Files.exists(folder)) {
                Path root = folder.toRealPath();
                try (Stream<Path> all = Files.walk(folder)) {
                    for (Path each : (Iterable<Path>) all::iterator) {
                        requireOwn(each, root, self);
                    }
                }
            }
        } catch (IOException e) {
            throw new RunException(
                    "Cannot load native libraries from %s: it cannot be examined (%s; %s)"
                            .formatted(folder, e.getMessage(), WAY_OUT),
                    e);
        }
    }

    /**
     * A parent folder that everybody can write to must be sticky, as /tmp is; otherwise the folder below can be
     * replaced.
     */
    private static void requireWay(Path folder) throws IOException {
        for (Path above = folder.getParent(); above != null; above = above.getParent()) {
            if (Files.exists(above)) {
                int mode = (Integer) Files.getAttribute(above, "unix:mode");
                if ((mode & OTHERS_WRITE) != 0 && (mode & STICKY) == 0) {
                    throw refused(folder, "everybody can write to " + above);
                }
            }
        }
    }

    private static void requireOwn(Path path, Path root, UserPrincipal self) throws IOException {
        boolean link = Files.isSymbolicLink(path);
        if (link && !path.toRealPath().startsWith(root)) { // JavaCPP links its libraries to each other
            throw refused(path, "it is a symbolic link that leads out of the folder");
        }
        UserPrincipal owner = Files.getOwner(path, LinkOption.NOFOLLOW_LINKS);
        if (!List.of(self.getName(), "root", "0").contains(owner.getName())) {
            throw refused(path, "it belongs to " + owner.getName());
        }
        if (link) {
            return; // its target is checked separately
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        if (permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw refused(path, "everybody can write to it (%s)".formatted(PosixFilePermissions.toString(permissions)));
        }
        // with umask 002 libraries are unpacked like this, for a group that may have a single member
        if (permissions.remove(PosixFilePermission.GROUP_WRITE)) {
            if (!owner.equals(self)) {
                throw refused(path, "a group can write to it");
            }
            Files.setPosixFilePermissions(path, permissions);
        }
    }

    private static UserPrincipal self() throws IOException {
        Path process = Path.of("/proc/self");
        return Files.getOwner(Files.exists(process) ? process : Path.of(System.getProperty("user.home")));
    }

    private static IllegalStateException refused(Path path, String why) {
        return new RunException("Cannot load native libraries from %s: %s (%s)".formatted(path, why, WAY_OUT));
    }
}
