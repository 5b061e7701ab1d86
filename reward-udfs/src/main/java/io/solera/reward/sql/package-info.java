/**
 * The catalogue's rewards as functions of Spark SQL: through a function catalogue, session extensions, and a table
 * function. Columns go in, columns of values and reasons come out. Imports reward.catalogue and Spark.
 */
@NullMarked
package io.solera.reward.sql;

import org.jspecify.annotations.NullMarked;
