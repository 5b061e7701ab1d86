/**
 * How fast this machine samples, updates and scores. A policy goes in; medians of repeats come out. Imports train and
 * model.
 */
@NullMarked
package io.solera.bench;

import org.jspecify.annotations.NullMarked;
