/**
 * Tables and files that commands write. Rows go in; a CSV, Parquet or JSON file comes out, published once it is whole,
 * and nothing of others is replaced. Imports table and store.storage.
 */
@NullMarked
package io.solera.table.output;

import org.jspecify.annotations.NullMarked;
