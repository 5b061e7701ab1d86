/**
 * The bytes of text tables: encodings, compression, separators, rows and lines, and errors that name file and row.
 * Imports store.storage.
 */
@NullMarked
package io.solera.table.file;

import org.jspecify.annotations.NullMarked;
