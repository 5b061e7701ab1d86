/**
 * Model folders in the Hugging Face layout. A folder goes in; a policy comes out: network, parameters, tokenizer, and
 * adapters in PEFT's layout. The same way back. Nothing that is loaded can run code. Imports rl for blocks and factors,
 * and its own rooms.
 */
@NullMarked
package io.solera.checkpoint;

import org.jspecify.annotations.NullMarked;
