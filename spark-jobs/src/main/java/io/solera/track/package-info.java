/**
 * Shows a run in programs outside of it, while it trains: in goes its run folder, out go TensorBoard's event file and
 * calls of an MLflow server. Everything is made from committed rounds, in threads of its own, and whatever fails here
 * leaves the run as it is. Imports Hadoop's file system and Gson.
 */
@NullMarked
package io.solera.track;

import org.jspecify.annotations.NullMarked;
