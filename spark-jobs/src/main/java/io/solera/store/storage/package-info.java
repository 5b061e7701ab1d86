/**
 * Files on any Hadoop file system: paths as users write them, atomic publication, and the only place that deletes.
 * Imports checkpoint.file, whose folders it implements, and Hadoop's file system.
 */
@NullMarked
package io.solera.store.storage;

import org.jspecify.annotations.NullMarked;
