package io.solera.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.rl.blend.Sections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestParameterLayout {
    private static final Gpt2Config GPT2 = new Gpt2Config(7, 12, 8, 2, 2, 16, Gpt2Config.Activation.GELU_NEW, 1e-5);

    @Test
    void layersAreTheEmbeddingsTheBlocksAndTheRest() {
        List<Sections.Section> layers = GPT2.layout().layers().sections();
        assertThat(layers.stream().map(Sections.Section::name))
                .containsExactly("embedding", "block 0", "block 1", "final");
        // tokens and positions; the last norm has a weight and a bias
        assertThat(layers.get(0).end()).isEqualTo((7 + 12) * 8);
        assertThat(layers.get(3).end() - layers.get(3).start()).isEqualTo(16);
        assertThat(layers.get(3).end()).isEqualTo(GPT2.layout().size());
    }

    @Test
    void adaptersBelongToTheLayerOfTheirModule() {
        // c_attn, c_proj, c_fc and c_proj of each block
        assertThat(Lora.of(GPT2, 2, 2, false, List.of()).layers()).containsExactly(0, 0, 0, 0, 1, 1, 1, 1);
        assertThat(Lora.of(GPT2, 2, 2, false, List.of("h.1.attn.c_attn")).layers())
                .containsExactly(0);
    }
}
