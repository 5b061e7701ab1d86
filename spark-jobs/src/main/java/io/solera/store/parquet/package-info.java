/**
 * Rows of a run as Parquet files, written and read where they are: no query is planned and no job is started. Rows of
 * Spark go in and come out; what a file is called and where it is stored is the caller's business.
 */
@NullMarked
package io.solera.store.parquet;

import org.jspecify.annotations.NullMarked;
