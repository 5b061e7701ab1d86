/** Tables as people have them: how each format is told from its name and bytes, read exactly, or refused by file and row. */
@NullMarked
package io.solera.table;

import org.jspecify.annotations.NullMarked;
