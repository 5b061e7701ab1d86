/** Model folders in the Hugging Face layout. */
@NullMarked
package io.solera.checkpoint;

import org.jspecify.annotations.NullMarked;
