package io.solera;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mvnw} and {@code bin/maven}, with a Maven that only says what it was given, from a server of this machine. */
class TestMavenWrapper {
    private static final Path ROOT = Path.of("..");
    private static final String ZIP = "apache-maven-3.9.16-bin.zip";
    private static final List<String> TOOLS = List.of(
            "bash",
            "basename",
            "cat",
            "chmod",
            "cut",
            "dirname",
            "env",
            "mkdir",
            "mktemp",
            "mv",
            "rm",
            "sed",
            "sh",
            "sha256sum",
            "shasum",
            "tr",
            "uname");

    @TempDir
    private Path folder;

    private final Map<String, byte[]> served = new ConcurrentHashMap<>();
    private HttpServer server;
    private Path clone;
    private Path tools;

    private record Outcome(int code, String text) {}

    @BeforeEach
    void makeACloneAndAServer() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = served.get(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                if (body != null) {
                    out.write(body);
                }
            }
        });
        server.start();
        clone = Files.createDirectories(folder.resolve("a clone"));
        for (String script : List.of("mvnw", "bin/maven")) {
            Files.createDirectories(clone.resolve(script).getParent());
            Files.copy(ROOT.resolve(script), clone.resolve(script));
            assertThat(clone.resolve(script).toFile().setExecutable(true)).isTrue();
        }
        tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : TOOLS) {
            for (String place : List.of("/bin/", "/usr/bin/")) {
                if (Files.exists(Path.of(place + tool))) {
                    script(tools.resolve(tool), "exec " + place + tool + " \"$@\"");
                }
            }
        }
    }

    @AfterEach
    void stopTheServer() {
        server.stop(0);
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static byte[] distribution() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("apache-maven-3.9.16/bin/mvn"));
            zip.write("#!/bin/sh\nprintf 'wrapped:%s\\n' \"$@\"\n".getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }

    private void pin(String url, byte[] content) throws Exception {
        String sum =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        Files.createDirectories(clone.resolve(".mvn/wrapper"));
        Files.writeString(
                clone.resolve(".mvn/wrapper/maven-wrapper.properties"),
                "distributionUrl=" + url + "\ndistributionSha256Sum=" + sum + "\n");
    }

    /** Without Maven, curl, wget and unzip: with what every system has, and the JDK. */
    private Outcome run(Map<String, String> environment, String... command) throws Exception {
        List<String> words = new ArrayList<>(Arrays.asList(command));
        words.set(0, clone.resolve(command[0]).toString());
        Path printed = folder.resolve("printed");
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(printed.toFile());
        builder.directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("MVNW_") || name.startsWith("MAVEN_"));
        builder.environment().put("PATH", tools.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("MAVEN_USER_HOME", folder.resolve("m2").toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("it ends").isTrue();
            return new Outcome(process.exitValue(), Files.readString(printed));
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aJdkIsEnough() throws Exception {
        served.put("/dist/" + ZIP, distribution());
        pin(address() + "/dist/" + ZIP, distribution());
        assertThat(run(Map.of(), "mvnw", "verify", "a b")).isEqualTo(new Outcome(0, "wrapped:verify\nwrapped:a b\n"));
        served.clear();
        assertThat(run(Map.of(), "mvnw", "-v")).as("downloaded once").isEqualTo(new Outcome(0, "wrapped:-v\n"));
    }

    @Test
    void anotherFileThanThePinnedOneIsRefused() throws Exception {
        served.put("/dist/" + ZIP, distribution());
        pin(address() + "/dist/" + ZIP, new byte[] {1, 2, 3});
        Outcome outcome = run(Map.of(), "mvnw", "verify");
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.text()).startsWith("Error: Failed to validate Maven distribution SHA-256");
        assertThat(folder.resolve("m2/wrapper/dists/apache-maven-3.9.16")).isEmptyDirectory();
    }

    @Test
    void aMirrorIsAskedForThePinnedFile() throws Exception {
        served.put("/mirror/org/apache/maven/apache-maven/3.9.16/" + ZIP, distribution());
        pin("https://archive.example/dist/maven/maven-3/3.9.16/binaries/" + ZIP, distribution());
        assertThat(run(Map.of("MVNW_REPOURL", address() + "/mirror"), "mvnw", "verify"))
                .isEqualTo(new Outcome(0, "wrapped:verify\n"));
    }

    @Test
    void thePinnedMavenIsNamedWithItsChecksum() throws IOException {
        assertThat(ROOT.resolve(".mvn/wrapper/maven-wrapper.properties"))
                .content()
                .containsPattern("(?m)^distributionUrl=https://archive\\.apache\\.org/dist/maven/maven-3/"
                        + "(3\\.9\\.\\d+)/binaries/apache-maven-\\1-bin\\.zip$")
                .containsPattern("(?m)^distributionSha256Sum=[0-9a-f]{64}$");
        assertThat(ROOT.resolve("mvnw")).isExecutable();
        assertThat(ROOT.resolve("bin/maven")).isExecutable();
    }

    @Test
    void scriptsTakeTheInstalledMavenIfItIsNewEnough() throws Exception {
        served.put("/dist/" + ZIP, distribution());
        pin(address() + "/dist/" + ZIP, distribution());
        assertThat(run(Map.of(), "bin/maven", "verify").text())
                .as("none is installed")
                .isEqualTo("wrapped:verify\n");
        for (Map.Entry<String, String> version : Map.of(
                        "3.6.3", "wrapped", "3.8.7", "installed", "3.9.16", "installed", "4.0.0", "installed")
                .entrySet()) {
            script(
                    tools.resolve("mvn"),
                    "case $1 in -version) printf '\\033[1mApache Maven " + version.getKey()
                            + "\\033[m\\n' ;; *) printf 'installed:%s\\n' \"$@\" ;; esac");
            assertThat(run(Map.of(), "bin/maven", "verify").text())
                    .as(version.getKey())
                    .isEqualTo(version.getValue() + ":verify\n");
        }
    }
}
