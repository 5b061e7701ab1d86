/** The catalogue's rewards as functions of Spark SQL: by a function catalogue, by session extensions, and as a table function. */
@NullMarked
package io.solera.reward.sql;

import org.jspecify.annotations.NullMarked;
