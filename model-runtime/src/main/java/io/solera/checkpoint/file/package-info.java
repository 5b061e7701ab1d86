/**
 * The files of a model folder, wherever it is: on disk, on the class path, or behind a {@code Folder} of somebody
 * else's. Names go in; streams, and JSON with bounds on its size and depth, come out. Imports no package of ours.
 */
@NullMarked
package io.solera.checkpoint.file;

import org.jspecify.annotations.NullMarked;
