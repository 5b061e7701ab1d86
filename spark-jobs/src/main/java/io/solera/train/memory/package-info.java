/**
 * What a job takes in memory, part by part, and whether it fits. Settings and the shape of a network go in; bytes come
 * out, before anything starts. Imports config and model.
 */
@NullMarked
package io.solera.train.memory;

import org.jspecify.annotations.NullMarked;
