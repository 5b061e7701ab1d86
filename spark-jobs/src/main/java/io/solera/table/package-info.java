/**
 * Reads tables in the formats that people use. A path goes in; rows come out. Each format is recognised by its name and
 * bytes, and read exactly or refused with file and row. Imports table.file.
 */
@NullMarked
package io.solera.table;

import org.jspecify.annotations.NullMarked;
