package io.solera.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.rl.blend.Sections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestParameterLayout {
    private static final Gpt2Config GPT2 = Gpt2Config.of(7, 12, 8, 2, 2);

    @Test
    void layersOfTheNetworkAndTheRest() {
        Sections layers = GPT2.layout().layers();
        assertThat(layers.names()).containsExactly("rest", "layer 0", "layer 1");
        // tokens and positions; the last norm has a weight and a bias
        long size = GPT2.layout().size();
        long embeddings = (7 + 12) * 8;
        long layer = (size - embeddings - 16) / 2;
        assertThat(layers.runs())
                .containsExactly(
                        new Sections.Run(0, embeddings),
                        new Sections.Run(1, embeddings + layer),
                        new Sections.Run(2, embeddings + 2 * layer),
                        new Sections.Run(0, size));
    }

    @Test
    void namesOfLlamaHaveLayersToo() {
        ParameterLayout layout = new ParameterLayout.Builder()
                .add("model.embed_tokens.weight", 7, 2)
                .add("model.layers.0.self_attn.q_proj.weight", 2, 2)
                .add("model.layers.11.mlp.up_proj.weight", 3, 2)
                .add("lm_head.weight", 7, 2)
                .build();
        assertThat(layout.layers().names()).containsExactly("rest", "layer 0", "layer 11");
        assertThat(layout.layers().runs())
                .containsExactly(
                        new Sections.Run(0, 14),
                        new Sections.Run(1, 18),
                        new Sections.Run(2, 24),
                        new Sections.Run(0, 38));
    }

    @Test
    void eachRankOfAdaptersHasARunOfEachLayer() {
        // c_attn 8 to 24, c_proj 8 to 8, c_fc 8 to 32, c_proj 32 to 8
        Lora lora = Lora.of(GPT2, 2, 2, false, List.of());
        long layer = 8 + 24 + 8 + 8 + 8 + 32 + 32 + 8;
        assertThat(lora.layers().names()).containsExactly("layer 0", "layer 1");
        assertThat(lora.layers().runs())
                .containsExactly(
                        new Sections.Run(0, layer),
                        new Sections.Run(1, 2 * layer),
                        new Sections.Run(0, 3 * layer),
                        new Sections.Run(1, 4 * layer));
        assertThat(4 * layer).isEqualTo(new LoraAdapters(lora).size(GPT2));
        assertThat(Lora.of(GPT2, 1, 1, false, List.of("h.1.attn.c_attn"))
                        .layers()
                        .names())
                .containsExactly("layer 1");
    }
}
