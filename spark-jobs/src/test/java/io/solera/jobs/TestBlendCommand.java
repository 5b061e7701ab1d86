package io.solera.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.solera.checkpoint.AdapterFolder;
import io.solera.checkpoint.Lora;
import io.solera.checkpoint.ModelFolder;
import io.solera.checkpoint.Policy;
import io.solera.checkpoint.file.LocalFolder;
import io.solera.rl.BlockVector;
import io.solera.rl.RandomKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestBlendCommand {
    @TempDir
    Path folder;

    @Test
    void blendsTheWeightsOfModels() throws IOException {
        Policy model = Commands.writeModel(folder.resolve("model"));
        ModelFolder.write(
                new LocalFolder(folder.resolve("double")),
                model.with(model.parameters().whole().plus(model.parameters().whole())));

        assertThat(blend("out", "model=1", "double=3").code()).isZero();

        float[] before = model.parameters().whole().toArray();
        float[] after = parameters("out");
        for (int i = 0; i < before.length; i++) {
            assertThat(after[i]).isCloseTo(1.75f * before[i], within(1e-6f));
        }
    }

    @Test
    void anAdapterOfAllRanksMergesToTheMeanOfTheMerged() throws IOException {
        writeAdapters();

        assertThat(blend("out", "a=1", "b=3").out()).contains("rank 5").contains("error 0.00e+00");
        assertThat(blend("merged", "out=1", "--merge").code()).isZero();
        assertThat(blend("mean", "a=1", "b=3", "--merge").code()).isZero();

        float[] merged = parameters("merged");
        float[] mean = parameters("mean");
        for (int i = 0; i < mean.length; i++) {
            assertThat(merged[i]).isCloseTo(mean[i], within(1e-5f));
        }
        assertThat(mean).isNotEqualTo(parameters("model"));
    }

    @Test
    void bringsABlendToARankAndSaysWhatIsLost() throws IOException {
        writeAdapters();

        assertThat(blend("out", "a=1", "b=1", "--rank", "2").out())
                .contains("rank 2")
                .containsPattern("error [1-9]\\.\\d\\de-0[1-4]");
        assertThat(Files.readString(folder.resolve("out/adapter_config.json"))).contains("\"r\": 2");
    }

    @Test
    void aSingleAdapterIsCopied() throws IOException {
        writeAdapters();

        assertThat(blend("out", "b=5").code()).isZero();

        assertThat(folder.resolve("out/adapter_model.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("b/adapter_model.safetensors"));
    }

    @Test
    void samplesFromAnAdapterAsFromWhatItMergesTo() throws IOException {
        writeAdapters();
        assertThat(blend("out", "a=1", "--merge").code()).isZero();

        Commands.Outcome adapted = sample("a");

        assertThat(adapted.code()).isZero();
        assertThat(adapted.out())
                .isEqualTo(sample("out").out())
                .isNotEqualTo(sample("model").out());
    }

    @Test
    void aBaseIsFoundFromTheWorkingDirectoryOrElseFromTheAdapter() throws IOException {
        writeAdapters();
        Policy model = ModelFolder.read(new LocalFolder(folder.resolve("model")));
        writeAdapter(model, "beside", 2, 4, "../model");
        assertThat(sample("beside").out()).isEqualTo(sample("a").out()).isNotEmpty();
        assertThat(blend("out", "beside=1", "a=1").code()).isZero();
        assertThat(folder.resolve("out/adapter_config.json"))
                .content()
                .contains("\"base_model_name_or_path\": \"%s\"".formatted(folder.resolve("model")));

        Path here = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "base");
        ModelFolder.write(new LocalFolder(here), model);
        writeAdapter(model, "named", 2, 4, here.toString());
        ModelFolder.write(
                new LocalFolder(folder.resolve("named").resolve(here)),
                model.with(BlockVector.zeros(model.parameters().size())));
        assertThat(sample("named").out()).isEqualTo(sample("a").out());
    }

    @Test
    void saysWhereABaseWasLookedFor() throws IOException {
        writeAdapters();
        Policy model = ModelFolder.read(new LocalFolder(folder.resolve("model")));
        writeAdapter(model, "lost", 2, 4, "models/lost");
        Commands.Outcome outcome = sample("lost");
        assertThat(outcome.code()).isEqualTo(3);
        assertThat(outcome.err())
                .contains(("Cannot read adapter %s: base_model_name_or_path is models/lost (must be a model"
                                + " folder, or prior; there is no model in %s nor in %s)")
                        .formatted(
                                folder.resolve("lost"),
                                Path.of("models/lost").toAbsolutePath(),
                                folder.resolve("lost/models/lost")));
        assertThat(blend("out", "lost=1").err()).isEqualTo(outcome.err());
        writeAdapter(model, "nameless", 2, 4, "");
        assertThat(sample("nameless").err())
                .contains("base_model_name_or_path is missing (must be a model folder, or prior)");
    }

    @Test
    void saysWhatCannotBeBlended() throws IOException {
        writeAdapters();

        assertThat(blend("out", "a=1", "model=1").err())
                .contains("Cannot blend 1 adapters and 1 models")
                .contains("--merge");
        assertThat(blend("out", "a=1", "--rank", "0").err()).contains("Invalid rank: 0");
        Policy model = Commands.writeModel(folder.resolve("other"));
        writeAdapter(model, "c", 2, 4, folder.resolve("other").toString());
        assertThat(blend("out", "a=1", "c=1").err()).contains("bases or targets differ");
        assertThat(blend("a", "b=1").err()).contains("it exists, and solera blend did not write it");
    }

    /** Folders are within this test's. */
    private Commands.Outcome blend(String output, String... arguments) {
        List<String> all = new ArrayList<>(
                List.of("blend", "--output", folder.resolve(output).toString()));
        for (String argument : arguments) {
            all.add(argument.contains("=") ? folder.resolve(argument).toString() : argument);
        }
        return Commands.run(all.toArray(String[]::new));
    }

    private Commands.Outcome sample(String name) {
        return Commands.run(
                "sample", "--count", "20", "--model", folder.resolve(name).toString());
    }

    private float[] parameters(String name) throws IOException {
        return ModelFolder.read(new LocalFolder(folder.resolve(name)))
                .parameters()
                .whole()
                .toArray();
    }

    /**
     * A model with an adapter of rank 2 and scale 2, and one of rank 3 and scale 4; dropout, which they were trained
     * with, differs.
     */
    private void writeAdapters() throws IOException {
        Policy model = Commands.writeModel(folder.resolve("model"));
        writeAdapter(model, "a", 2, 4);
        writeAdapter(model, "b", 3, 12);
    }

    private void writeAdapter(Policy model, String name, int rank, double alpha) throws IOException {
        writeAdapter(model, name, rank, alpha, folder.resolve("model").toString());
    }

    private void writeAdapter(Policy model, String name, int rank, double alpha, String base) throws IOException {
        Lora lora = Lora.of(model.config(), rank, alpha, false, List.of()).withDropout(0.1 * rank);
        float[] values = new float[rank * lora.factors().rankSize()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (RandomKey.of(rank).uniform(i) - 0.5);
        }
        AdapterFolder.write(
                new LocalFolder(folder.resolve(name)),
                model.config(),
                new AdapterFolder.Adapter(base, lora, BlockVector.of(values)));
    }
}
