/**
 * The files of a model folder, wherever it is stored: on disk, on the class path, or behind another implementation of
 * {@code Folder}. Names go in; streams, and JSON with bounds on its size and depth, come out. Imports no package of
 * ours.
 */
@NullMarked
package io.solera.checkpoint.file;

import org.jspecify.annotations.NullMarked;
