/**
 * The inputs of commands: job files, models, prompts and conversations, by the names that users write. Imports config,
 * table and checkpoint.
 */
@NullMarked
package io.solera.jobs.input;

import org.jspecify.annotations.NullMarked;
