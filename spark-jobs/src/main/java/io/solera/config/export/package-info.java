/** The part of a job that says where its rounds are appended to. Imports no other package. */
@NullMarked
package io.solera.config.export;

import org.jspecify.annotations.NullMarked;
