package io.solera.reward.outside;

import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The class path for starting another JVM like this one: the original class path and the jars that Spark has added
 * since.
 */
final class ClassPath {
    private ClassPath() {}

    static String of(Class<?> type) {
        Set<String> entries = new LinkedHashSet<>();
        for (ClassLoader loader = type.getClassLoader(); loader != null; loader = loader.getParent()) {
            if (loader instanceof URLClassLoader jars) {
                for (URL url : jars.getURLs()) {
                    add(entries, url);
                }
            }
        }
        entries.add(System.getProperty("java.class.path", ""));
        return String.join(File.pathSeparator, entries);
    }

    private static void add(Set<String> entries, URL url) {
        try {
            if (url.getProtocol().equals("file")) {
                entries.add(Path.of(url.toURI()).toString());
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException(
                    "Cannot start a helper: its class path has a bad entry (%s)".formatted(url), e);
        }
    }
}
