package io.solera.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * A forward pass that keeps only the input of each layer; the backward pass recomputes the layers, one at a time
 * (gradient checkpointing; Chen, Xu, Zhang and Guestrin 2016). It costs one more forward pass and, for L layers, the
 * memory of L arrays [B T, D] plus one layer.
 */
final class Recomputed {
    private final Network network;
    private final NDManager scope;
    private final Network.Pass pass;
    private final NDArray[] inputs; // of each layer, and of the last norm

    /**
     * Does not record gradients.
     *
     * @param ids [B, T]; the pass belongs to their manager
     */
    Recomputed(Network network, NDArray ids) {
        this.network = network;
        scope = ids.getManager();
        pass = network.pass(ids, null);
        int layers = network.config().layers();
        inputs = new NDArray[layers + 1];
        inputs[0] = network.embedded(pass);
        for (int layer = 0; layer < layers; layer++) {
            try (NDManager inLayer = scope.newSubManager()) {
                inputs[layer].attach(inLayer);
                inputs[layer + 1] = network.layer(layer, inputs[layer], pass);
                inputs[layer].attach(scope);
                inputs[layer + 1].attach(scope);
            }
        }
    }

    private NDArray last() {
        return inputs[inputs.length - 1];
    }

    /**
     * Hidden states after the last norm, [B T, D], in the given scope; only that norm is recorded, if the thread
     * records gradients.
     */
    NDArray hidden(NDManager inScope) {
        last().setRequiresGradient(Torch.records());
        last().attach(inScope);
        NDArray hidden = network.normed(last());
        last().attach(scope);
        return hidden;
    }

    /** Continues a backward pass that has reached the input of {@link #hidden}; can be called once. */
    void backward() {
        NDArray gradient = Torch.gradient(last());
        for (int layer = inputs.length - 2; layer >= 0; layer--) {
            inputs[layer + 1].close();
            inputs[layer].setRequiresGradient(true);
            try (NDManager inLayer = scope.newSubManager()) {
                inputs[layer].attach(inLayer);
                Torch.backward(network.layer(layer, inputs[layer], pass), gradient);
                gradient.close();
                gradient = Torch.gradient(inputs[layer]);
                inputs[layer].attach(scope);
                gradient.attach(scope);
            }
        }
        if (network.trainsEmbeddings()) {
            Torch.backward(network.embedded(pass), gradient);
        }
    }
}
