/**
 * Files on any Hadoop file system: paths as users write them, publishing once, and the one place that deletes. Imports
 * checkpoint.file, whose folders it gives, and the file system.
 */
@NullMarked
package io.solera.store.storage;

import org.jspecify.annotations.NullMarked;
