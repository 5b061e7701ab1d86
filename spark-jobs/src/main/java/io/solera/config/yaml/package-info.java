/**
 * From YAML to records and back. A file and overrides go in; a record comes out, or the key that is wrong, with its
 * line and the nearest known key. Imports no package of ours.
 */
@NullMarked
package io.solera.config.yaml;

import org.jspecify.annotations.NullMarked;
