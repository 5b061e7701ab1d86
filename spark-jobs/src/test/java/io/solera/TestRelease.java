package io.solera;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code .ci/release} in a repository of its own, with a Maven that sets the version and makes an empty jar. */
class TestRelease {
    private static final String URL = "https://host.example/solera/solera";

    @TempDir
    private Path folder;

    private Path clone;

    private record Outcome(int code, String text) {}

    @BeforeEach
    void makeARepository() throws Exception {
        clone = folder.resolve("clone");
        Files.createDirectories(clone.resolve(".ci"));
        Files.createDirectories(clone.resolve("bin"));
        Files.copy(Path.of("../.ci/release"), clone.resolve(".ci/release"));
        script(".ci/run", "git log -1 --format='checked %s' && [ ! -e ../broken ]");
        script("bin/maven", """
                echo "maven $*"
                line=
                for argument; do
                    case $argument in
                        -DnewVersion=*) sed -i.b "s|<version>.*</version>|<version>${argument#*=}</version>|" pom.xml
                            rm pom.xml.b ;;
                        -Pspark*,distribution) line=${argument#-P} && line=-${line%,*} ;;
                        deploy | package) version=$(sed -n 's|.*<version>\\(.*\\)</version>.*|\\1|p' pom.xml)
                            target=deploy/target$line
                            mkdir -p "$target"
                            echo jar >"$target/solera-job-spark$line-$version.jar"
                            echo jar >"$target/solera-job-without-torch-spark$line-$version.jar"
                            echo parts >"$target/solera-job-spark$line-$version.cdx.json"
                            echo parts >"$target/solera-$version.cdx.json"
                            echo distribution >"$target/solera-$version.tar.gz" ;;
                    esac
                done""");
        Files.writeString(clone.resolve(".gitignore"), "target*/\n");
        pom(URL);
        Files.writeString(
                clone.resolve("CHANGELOG.md"), "# Changelog\n\n## [Unreleased]\n\n## [0.1.0] - 2026-11-30\n\n- All.\n");
        git("init", "-q", "-b", "main");
        commit();
    }

    private void script(String name, String text) throws IOException {
        Files.writeString(clone.resolve(name), "#!/usr/bin/env bash\nset -eu\n" + text + "\n");
        assertThat(clone.resolve(name).toFile().setExecutable(true)).isTrue();
    }

    private void pom(String url) throws IOException {
        Files.writeString(
                clone.resolve("pom.xml"),
                "<project>\n  <version>0.1.0-SNAPSHOT</version>\n"
                        + "  <project.build.outputTimestamp>2020-01-01T00:00:00Z</project.build.outputTimestamp>\n"
                        + (url.isEmpty() ? "  <solera.url />\n" : "  <solera.url>" + url + "</solera.url>\n")
                        + "</project>\n");
    }

    private void commit() throws Exception {
        git("add", "-A");
        git("commit", "-q", "-m", "Something");
    }

    private String git(String... arguments) throws Exception {
        Outcome outcome =
                run(Stream.concat(Stream.of("git"), Stream.of(arguments)).toList());
        assertThat(outcome.code()).as(outcome.text()).isZero();
        return outcome.text();
    }

    private Outcome release(String... arguments) throws Exception {
        return run(Stream.concat(Stream.of("bash", ".ci/release"), Stream.of(arguments))
                .toList());
    }

    private Outcome run(List<String> command) throws Exception {
        Path printed = folder.resolve("printed");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(printed.toFile());
        builder.directory(clone.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        builder.environment()
                .putAll(Map.of(
                        "GIT_CONFIG_GLOBAL", "/dev/null",
                        "GIT_CONFIG_NOSYSTEM", "1",
                        "GIT_AUTHOR_NAME", "Somebody",
                        "GIT_AUTHOR_EMAIL", "somebody@host.example",
                        "GIT_COMMITTER_NAME", "Somebody",
                        "GIT_COMMITTER_EMAIL", "somebody@host.example"));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("it ends").isTrue();
            return new Outcome(process.exitValue(), Files.readString(printed));
        } finally {
            process.destroyForcibly();
        }
    }

    private void refused(String message, String... arguments) throws Exception {
        String before = git("rev-parse", "HEAD");
        assertThat(release(arguments)).isEqualTo(new Outcome(2, message + "\n"));
        assertThat(git("rev-parse", "HEAD")).isEqualTo(before);
    }

    @Test
    void aReleaseIsCheckedBuiltTaggedAndFollowedByTheNextVersion() throws Exception {
        Outcome outcome = release("0.1.0", "0.2.0");
        assertThat(outcome.code()).as(outcome.text()).isZero();
        assertThat(outcome.text())
                .contains(
                        "checked Release: 0.1.0\n",
                        "-Prelease,distribution -Dgpg.skip=true -DskipTests",
                        "git push --atomic origin main v0.1.0");
        assertThat(git("log", "--format=%s")).isEqualTo("Release: 0.2.0 is next\nRelease: 0.1.0\nSomething\n");
        assertThat(git("cat-file", "-t", "v0.1.0")).isEqualTo("tag\n");
        assertThat(git("show", "v0.1.0:pom.xml"))
                .contains("<version>0.1.0</version>", "outputTimestamp>2026-11-30T00:00:00Z</");
        assertThat(clone.resolve("pom.xml")).content().contains("<version>0.2.0-SNAPSHOT</version>");
        String line = "(-spark3-scala2\\.13|-spark4)?-0\\.1\\.0-[a-z]+-\\w+";
        List<String> files;
        try (Stream<Path> list = Files.list(clone.resolve("target/release"))) {
            files = list.map(file -> file.getFileName().toString()).toList();
        }
        assertThat(files).hasSize(13).contains("SHA256SUMS", "solera-0.1.0-source.tar.gz");
        assertThat(files.stream().filter(name -> name.matches("solera-job-spark" + line + "\\.jar")))
                .hasSize(3);
        assertThat(files.stream().filter(name -> name.matches("solera-job-without-torch-spark" + line + "\\.jar")))
                .hasSize(3);
        assertThat(files.stream().filter(name -> name.matches("solera-job-spark" + line + "\\.cdx\\.json")))
                .hasSize(3);
        assertThat(files.stream().filter(name -> name.matches("solera-0\\.1\\.0-[a-z]+-\\w+\\.(tar\\.gz|cdx\\.json)")))
                .hasSize(2);
        assertThat(Files.readAllLines(clone.resolve("target/release/SHA256SUMS")))
                .hasSize(12);
        refused("Cannot release: the tag v0.1.0 exists already", "0.1.0", "0.3.0");
    }

    @Test
    void aReleaseThatFailsLeavesNothing() throws Exception {
        Files.createFile(folder.resolve("broken"));
        String before = git("rev-parse", "HEAD").strip();
        Outcome outcome = release("0.1.0", "0.2.0");
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.text()).endsWith("Failed: main is at " + before + " again, as before the release\n");
        assertThat(git("rev-parse", "HEAD").strip()).isEqualTo(before);
        assertThat(git("tag")).isEmpty();
        assertThat(git("status", "--porcelain")).isEmpty();
    }

    @Test
    void whatIsMissingIsSaidBeforeAnythingChanges() throws Exception {
        refused("Invalid version: none (must be three numbers, such as 0.1.0)");
        refused("Invalid version: 0.1 (must be three numbers, such as 0.1.0)", "0.1", "0.2.0");
        refused("Invalid next version: 0.1.0 (must be three other numbers, such as 0.2.0)", "0.1.0", "0.1.0");
        refused("Unknown option: --quick (must be --sign KEY or --checked)", "0.1.0", "0.2.0", "--quick");
        refused("Cannot release: CHANGELOG.md has no section '## [0.3.0] - YYYY-MM-DD'", "0.3.0", "0.4.0");
        pom("");
        refused("Cannot release: there are changes that are not committed (git status)", "0.1.0", "0.2.0");
        commit();
        refused(
                "Cannot release: solera.url in pom.xml is '' (must be the public repository: https://HOST/OWNER/NAME)",
                "0.1.0",
                "0.2.0");
    }
}
