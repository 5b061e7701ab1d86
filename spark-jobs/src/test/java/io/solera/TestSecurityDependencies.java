package io.solera;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.package$;
import org.junit.jupiter.api.Test;

/** docs/security-dependencies.md has the versions that are used: in the job jar, and by the Spark that it names. */
class TestSecurityDependencies {
    private static final Path PAGE = Path.of("../docs/security-dependencies.md");
    private static final Pattern ROW = Pattern.compile("\\| ([a-z0-9-]+)(?: \\([^|]*\\))? \\| ([^ |]+) \\| .*");
    private static final Pattern JAR = Pattern.compile(".*/([^/]+\\.jar)!/.*");

    /** The rows of the whole page, or of what the job jar has. */
    private static Map<String, String> listed(boolean whole) throws IOException {
        Map<String, String> versions = new LinkedHashMap<>();
        for (String line : Files.readAllLines(PAGE)) {
            if (!whole && line.startsWith("## From Spark")) {
                break;
            }
            Matcher row = ROW.matcher(line);
            if (row.matches() && !row.group(1).matches("artifact|-+")) {
                versions.put(row.group(1) + "-" + row.group(2), row.group(1));
            }
        }
        return versions;
    }

    /** The jars of the class path, as Maven resolved them. */
    private static Set<String> jars() throws IOException {
        Set<String> jars = new TreeSet<>();
        for (String inside : new String[] {"META-INF/MANIFEST.MF", "META-INF/resources/"}) {
            for (URL place : Collections.list(
                    TestSecurityDependencies.class.getClassLoader().getResources(inside))) {
                Matcher jar = JAR.matcher(place.toString());
                if (jar.matches()) {
                    jars.add(jar.group(1));
                }
            }
        }
        return jars;
    }

    @Test
    void theListedVersionsAreTheResolvedOnes() throws IOException {
        Set<String> jars = jars();
        String spark = package$.MODULE$.SPARK_VERSION();
        boolean whole = Files.readString(PAGE).contains("These are the versions of Spark " + spark + ".");
        assertThat(whole || spark.startsWith("4.")).as(spark).isTrue();
        Map<String, String> listed = listed(whole);
        assertThat(listed).hasSizeGreaterThan(whole ? 35 : 15);
        for (String artifact : listed.keySet()) {
            assertThat(jars)
                    .as("%s of %s is what is resolved (look for its advisories, then correct the page)", artifact, PAGE)
                    .anyMatch(jar -> jar.equals(artifact + ".jar") || jar.startsWith(artifact + "-"));
        }
    }

    @Test
    void whatReadsForeignInputIsListed() throws IOException {
        Set<String> names = new TreeSet<>(listed(true).values());
        assertThat(names)
                .contains(
                        "gson", "snakeyaml", "commons-compress", "onnxruntime", "tokenizers", "avro", "parquet-hadoop");
    }
}
