/**
 * Tables and files that commands write. Rows go in; a CSV, Parquet or JSON file comes out, published once it is
 * complete. Other people's files are never replaced. Imports table and store.storage.
 */
@NullMarked
package io.solera.table.output;

import org.jspecify.annotations.NullMarked;
