/** What names Scala's types, a source folder per Scala line. Imports Spark alone. */
@NullMarked
package io.solera.table.compat;

import org.jspecify.annotations.NullMarked;
