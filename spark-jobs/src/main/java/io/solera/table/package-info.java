/**
 * Tables as people have them. A path goes in; rows come out, each format recognised by its name and bytes and read
 * exactly, or refused by file and row. Imports table.file.
 */
@NullMarked
package io.solera.table;

import org.jspecify.annotations.NullMarked;
