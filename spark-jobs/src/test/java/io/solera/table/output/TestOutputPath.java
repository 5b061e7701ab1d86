package io.solera.table.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.store.storage.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one rule of what a command may replace. */
class TestOutputPath {
    private final Configuration configuration = new Configuration();

    @TempDir
    private Path folder;

    private OutputPath output(Path path, String command, boolean overwrite) throws IOException {
        return OutputPath.of(path.toString(), configuration, command, overwrite);
    }

    private void write(Path path, String command, boolean overwrite) throws IOException {
        output(path, command, overwrite).write(out -> out.write("ours".getBytes(StandardCharsets.UTF_8)));
    }

    private void writeFolder(Path path, String command, boolean overwrite) throws IOException {
        OutputPath output = output(path, command, overwrite);
        try (var out = output.folder().create("model.bin")) {
            out.write(1);
        }
        output.finish();
    }

    @Test
    void replacesItsOwnFileWhenAsked() throws IOException {
        Path file = folder.resolve("a/scored.csv");
        write(file, "score", false);
        assertThat(file).hasContent("ours");
        assertThatThrownBy(() -> write(file, "score", false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot write %s: it exists (give another --output, or --overwrite)".formatted(file));
        write(file, "score", true);
        assertThat(file).hasContent("ours");
        try (var files = Files.list(file.getParent())) {
            assertThat(files.map(each -> each.getFileName().toString()))
                    .containsOnly("scored.csv", ".scored.csv.solera");
        }
    }

    @Test
    void neverReplacesAFileOfOthers() throws IOException {
        Path file = Files.writeString(folder.resolve("thesis.csv"), "mine");
        for (boolean overwrite : new boolean[] {false, true}) {
            assertThatThrownBy(() -> write(file, "score", overwrite))
                    .hasMessage(("Cannot write %s: it exists, and solera score did not write it (give another"
                                    + " --output, or remove it yourself)")
                            .formatted(file));
        }
        write(folder.resolve("sampled.csv"), "sample", false);
        assertThatThrownBy(() -> write(folder.resolve("sampled.csv"), "score", true))
                .hasMessageContaining("solera score did not write it");
        Path edited = folder.resolve("edited.csv");
        write(edited, "score", false);
        Files.writeString(edited, "more");
        assertThatThrownBy(() -> write(edited, "score", true)).hasMessageContaining("but it has been changed since");
        assertThat(file).hasContent("mine");
        assertThat(edited).hasContent("more");
    }

    @Test
    void replacesItsOwnFolderWhenAsked() throws IOException {
        Path model = folder.resolve("model");
        writeFolder(model, "blend", false);
        assertThatThrownBy(() -> writeFolder(model, "blend", false)).hasMessageContaining("or --overwrite");
        writeFolder(model, "blend", true);
        assertThatThrownBy(() -> writeFolder(model, "pretrain", true))
                .hasMessageContaining("solera pretrain did not write it");
        Files.writeString(model.resolve("notes.txt"), "mine");
        assertThatThrownBy(() -> writeFolder(model, "blend", true))
                .hasMessageContaining("but it contains notes.txt, which that command did not write");
        assertThat(model.resolve("notes.txt")).hasContent("mine");
    }

    @Test
    void neverTakesAFolderOfOthers() throws IOException {
        Path photos = Files.createDirectories(folder.resolve("photos"));
        writeFolder(photos, "blend", false);
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.writeString(other.resolve("config.json"), "{}");
        for (boolean overwrite : new boolean[] {false, true}) {
            assertThatThrownBy(() -> writeFolder(other, "blend", overwrite))
                    .hasMessageContaining("solera blend did not write it");
        }
        assertThat(other.resolve("config.json")).hasContent("{}");
    }

    @Test
    void neverTakesHomeRootOrTheCurrentFolder() {
        for (String place : new String[] {"/", ".", "x/..", System.getProperty("user.home"), "file:///", ".."}) {
            assertThatThrownBy(() -> OutputPath.of(place, configuration, "blend", true))
                    .hasMessageStartingWith("Cannot write %s: it is ".formatted(place))
                    .hasMessageEndingWith(" (give another --output)");
        }
    }

    @Test
    void neverWritesThroughALink() throws IOException {
        Path mine = Files.writeString(folder.resolve("mine.csv"), "mine");
        Path link = Files.createSymbolicLink(folder.resolve("link.csv"), mine);
        Path dangling = Files.createSymbolicLink(folder.resolve("dangling.csv"), folder.resolve("nothing.csv"));
        for (Path each : new Path[] {link, dangling}) {
            assertThatThrownBy(() -> write(each, "score", true))
                    .hasMessageStartingWith(
                            "Cannot write %s: it is a symbolic link (name its target, ".formatted(each));
        }
        assertThat(mine).hasContent("mine");
    }

    @Test
    void neverTakesItsInputOrWhatHoldsIt() throws IOException {
        Path data = Files.createDirectories(folder.resolve("data/deep"));
        Path input = Files.writeString(data.resolve("in.csv"), "smiles\n");
        Path alias = Files.createSymbolicLink(folder.resolve("alias"), data);
        for (String name : List.of(
                input.toString(),
                input.toUri().toString(),
                alias.resolve("in.csv").toString(),
                data + "/../deep/in.csv",
                data + "/*.csv",
                "file:" + input)) {
            for (Path output : new Path[] {input, data, folder.resolve("data"), data.resolve("../deep")}) {
                OutputPath place = OutputPath.unchecked(output.toString(), configuration, "score", true);
                assertThatThrownBy(() -> place.requireApart(List.of(name), configuration))
                        .as("%s over %s", output, name)
                        .hasMessage(("Cannot write %s: it is or contains %s, which this command needs (choose"
                                        + " another output)")
                                .formatted(output, name));
            }
            OutputPath.unchecked(data.resolve("out.csv").toString(), configuration, "score", true)
                    .requireApart(List.of(name), configuration);
        }
    }

    @Test
    void takesNamesOfAnyLetters() throws IOException {
        for (String name :
                List.of("a:b.csv", "a[1].csv", "{a,b}.csv", "a b.csv", "100%20.csv", "a#b?c=d.csv", "*.csv", "[.csv")) {
            Path file = folder.resolve(name);
            write(file, "score", false);
            assertThat(file).hasContent("ours");
            assertThat(folder.resolve("." + name + ".solera")).exists();
            write(file, "score", true);
            Path parts = folder.resolve("parts " + name);
            writeFolder(parts, "pretrain", false);
            writeFolder(parts, "pretrain", true);
            assertThat(parts.resolve("model.bin")).exists();
            assertThatThrownBy(() -> output(parts, "pretrain", true)
                            .requireApart(List.of(parts.resolve("x").toString()), configuration))
                    .hasMessageStartingWith(
                            "Cannot write %s: it is or contains %s/x, which this command".formatted(parts, parts));
        }
        // a name without a folder is no URI
        assertThat(OutputPath.of("a:b.csv", configuration, "score", false)
                        .path()
                        .toUri()
                        .getPath())
                .isEqualTo(Path.of("a:b.csv").toAbsolutePath().toString());
        assertThat(Place.of("a:b.csv", configuration).path().getName()).isEqualTo("a:b.csv");
    }

    @Test
    void namesNoServiceAsItsPlace() {
        assertThatThrownBy(() -> OutputPath.of("http://127.0.0.1:9/x.csv", configuration, "score", false))
                .hasMessageStartingWith("Invalid location: http://127.0.0.1:9/x.csv (its scheme must be one of ");
    }
}
