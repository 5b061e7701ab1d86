/**
 * Evaluation of a policy on held-out samples. A policy goes in; measures with intervals, and the best samples, come
 * out. Imports rollout, rl.measure and the rooms of molecules.
 */
@NullMarked
package io.solera.train.evaluation;

import org.jspecify.annotations.NullMarked;
