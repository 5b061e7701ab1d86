package io.solera.doctor;

import io.solera.lang.Sha256;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Comparator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Which Solera a process has, by the classes in its jar: two builds of one version differ, too. */
final class SoleraJar {
    private static final String OURS = "io/solera/";
    private static final String NOT_A_JAR = "not from a jar";

    private SoleraJar() {}

    static String text() {
        CodeSource source = SoleraJar.class.getProtectionDomain().getCodeSource();
        try {
            URI location =
                    source == null ? URI.create("file:/") : source.getLocation().toURI();
            Path jar = location.getScheme().equals("file") ? Path.of(location) : Path.of("/");
            return Files.isRegularFile(jar) ? text(jar) : NOT_A_JAR;
        } catch (IOException | URISyntaxException e) {
            return "of a jar that cannot be read";
        }
    }

    /** The version and the first digits of a hash over names and checksums of our classes. */
    static String text(Path jar) throws IOException {
        String version = SoleraJar.class.getPackage().getImplementationVersion();
        Sha256 hash = new Sha256();
        try (ZipFile file = new ZipFile(jar.toFile())) {
            file.stream()
                    .filter(entry -> entry.getName().startsWith(OURS))
                    .sorted(Comparator.comparing(ZipEntry::getName))
                    .forEach(entry -> hash.add(entry.getName() + " " + entry.getCrc() + "\n"));
        }
        return "%s, classes %s"
                .formatted(version == null ? "jar" : version, hash.hex().substring(0, 8));
    }
}
