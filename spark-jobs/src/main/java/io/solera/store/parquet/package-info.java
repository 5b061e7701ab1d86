/**
 * Rows of a run as Parquet files, written and read where they are: no query is planned and no job is started. Rows of
 * Spark go in and come out. Imports no other package.
 */
@NullMarked
package io.solera.store.parquet;

import org.jspecify.annotations.NullMarked;
