/**
 * The run folder and its commit: rounds, their manifests, and the lock against a second driver. Files of a round go in;
 * a round exists when its manifest is whole and its hash holds. Imports store.storage and config.yaml.
 */
@NullMarked
package io.solera.store;

import org.jspecify.annotations.NullMarked;
