/** The code that uses Scala types, with a source folder per Scala version. Imports only Spark. */
@NullMarked
package io.solera.table.compat;

import org.jspecify.annotations.NullMarked;
