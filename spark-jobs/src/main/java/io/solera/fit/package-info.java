/**
 * Fitting a reward to a table of measurements. Labelled rows go in; a learned model with its card, split and
 * calibration comes out. Imports table and reward.learned.
 */
@NullMarked
package io.solera.fit;

import org.jspecify.annotations.NullMarked;
