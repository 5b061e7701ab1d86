/**
 * The catalogue's rewards as functions of Spark SQL: by a function catalogue, by session extensions, and as a table
 * function. Columns go in, columns of values and reasons come out. Imports reward.catalogue and Spark.
 */
@NullMarked
package io.solera.reward.sql;

import org.jspecify.annotations.NullMarked;
