package io.solera.checkpoint;

import java.io.Serializable;

/** The shape of a decoder network; a record per family. */
public sealed interface NetworkConfig extends Serializable permits Gpt2Config, LlamaConfig {
    /** Tokens that it knows. */
    int vocabulary();

    /** Tokens that it can read at once. */
    int positions();

    /** Numbers in a hidden state. */
    int width();

    int layers();

    /** Heads of keys and values, which several heads of queries may share. */
    int keyHeads();

    /** Numbers in a query, key or value of one head. */
    int headSize();

    /** Its tensors under Hugging Face's names, in the order of the flat vector. */
    ParameterLayout layout();
}
