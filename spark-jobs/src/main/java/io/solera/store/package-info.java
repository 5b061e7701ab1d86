/**
 * The run folder and its commits: rounds, their manifests, and the lock against a second driver. Files of a round go
 * in; a round exists if its manifest is complete and its hash matches. Imports store.storage and config.yaml.
 */
@NullMarked
package io.solera.store;

import org.jspecify.annotations.NullMarked;
