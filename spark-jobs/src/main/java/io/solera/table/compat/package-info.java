/** What names Scala's types. */
@NullMarked
package io.solera.table.compat;

import org.jspecify.annotations.NullMarked;
