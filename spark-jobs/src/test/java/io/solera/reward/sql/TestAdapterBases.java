package io.solera.reward.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.checkpoint.file.MalformedModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where an adapter, which is foreign, may lead to. */
class TestAdapterBases {
    @TempDir
    private Path folder;

    private Path adapter;
    private Path outside;

    @BeforeEach
    void lay() throws IOException {
        adapter = Files.createDirectories(folder.toRealPath().resolve("mine/adapter"));
        outside = Files.createDirectories(folder.toRealPath().resolve("others/model"));
    }

    private static Configuration listing(Object... folders) {
        Configuration configuration = new Configuration(false);
        configuration.set(
                AdapterBases.SETTING,
                String.join(",", List.of(folders).stream().map(String::valueOf).toList()));
        return configuration;
    }

    private AdapterBases bases(Object... listed) throws IOException {
        return AdapterBases.of(adapter.toString(), listing(listed));
    }

    @Test
    void holdsWhatLiesNextToTheAdapterAndInTheWorkingDirectory() throws IOException {
        AdapterBases bases = bases();
        assertThat(bases.hold(adapter.resolveSibling("base").toString())).isTrue();
        assertThat(bases.hold(Path.of("models/base").toAbsolutePath().toString()))
                .isTrue();
        assertThat(bases.hold(outside.toString())).isFalse();
        assertThat(bases.hold(adapter.getParent().toString()))
                .as("the folder of all of them is no model")
                .isFalse();
    }

    @Test
    void thePolicyOfARunMayNameWhatLiesNextToTheRun() throws IOException {
        Path policy = Files.createDirectories(folder.toRealPath().resolve("runs/one/rounds/00002/ab12/policy"));
        AdapterBases bases = AdapterBases.of(policy.toString(), listing());
        assertThat(bases.hold(folder.toRealPath().resolve("runs/base").toString()))
                .isTrue();
        assertThat(bases.hold(outside.toString())).isFalse();
    }

    @Test
    void holdsWhatLiesInListedFoldersAndNotInThoseThatBeginAlike() throws IOException {
        AdapterBases bases = bases(" " + outside.getParent() + " ", "", "s3a://bucket/models", "hdfs://name/m/");
        assertThat(bases.hold(outside.toString())).isTrue();
        assertThat(bases.hold(outside.getParent() + "-of-others/model")).isFalse();
        assertThat(bases.hold("s3a://bucket/models/base")).isTrue();
        assertThat(bases.hold("s3a://bucket/models-of-others/base")).isFalse();
        assertThat(bases.hold("s3a://bucket/base")).isFalse();
        assertThat(bases.hold("s3a://other/models/base")).isFalse();
        assertThat(bases.hold("hdfs://name/m/base")).isTrue();
        assertThat(bases.hold("hdfs://name:9000/m/base")).isFalse();
    }

    @Test
    void namesThatClimbOutAreNotHeld() throws IOException {
        AdapterBases bases = bases("s3a://bucket/models");
        for (String name : List.of(
                adapter + "/../../others/model",
                adapter + "/../base/../../others/model",
                adapter.getParent() + "/./../others/model",
                "/../../../etc",
                "/etc",
                "/",
                "../..",
                "s3a://bucket/models/../secret",
                "s3a://bucket/models/a/../../secret",
                "http://127.0.0.1/model",
                "https://example.org" + adapter.resolveSibling("base"))) {
            assertThat(bases.hold(name)).as(name).isFalse();
        }
        assertThat(bases.hold(adapter + "/../base/.")).isTrue();
        assertThat(bases.hold("s3a://bucket/models/a/../b")).isTrue();
    }

    @Test
    void linksAreFollowedBeforePlacesAreCompared() throws IOException {
        Path out = Files.createSymbolicLink(adapter.resolveSibling("link"), outside);
        Files.createSymbolicLink(adapter.resolveSibling("twice"), out);
        AdapterBases bases = bases();
        assertThat(bases.hold(out.toString())).isFalse();
        assertThat(bases.hold(adapter.resolveSibling("twice").toString())).isFalse();
        assertThat(bases.hold(out.resolve("not/there").toString())).isFalse();

        Path listed = Files.createSymbolicLink(folder.toRealPath().resolve("listed"), outside.getParent());
        assertThat(bases(listed).hold(outside.toString()))
                .as("a list may name a link")
                .isTrue();
        assertThat(bases(outside.getParent()).hold(out.toString())).isTrue();
    }

    @Test
    void anAdapterThatLeadsOutIsRefusedWithTheWayOut() throws IOException {
        for (String base : List.of("../../others/model", outside.toString(), "file://" + outside)) {
            Files.writeString(
                    adapter.resolve("adapter_config.json"),
                    "{\"peft_type\": \"LORA\", \"base_model_name_or_path\": \"%s\"}".formatted(base));
            assertThatThrownBy(() -> new HadoopResources(listing(), Set.of()).base(adapter.toString()))
                    .as(base)
                    .isInstanceOf(MalformedModelException.class)
                    .hasMessageStartingWith(
                            "Cannot read adapter %s: base_model_name_or_path leads out of its folder, to "
                                    .formatted(adapter))
                    .hasMessageContaining(outside.toString())
                    .hasMessageContaining("list its folder in the environment variable SOLERA_MODELS");
        }
    }
}
