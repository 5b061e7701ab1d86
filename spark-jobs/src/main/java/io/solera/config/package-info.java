/** Job files, read into records. */
@NullMarked
package io.solera.config;

import org.jspecify.annotations.NullMarked;
