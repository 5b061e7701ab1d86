/**
 * What a job will take before it runs: a {@link io.solera.plan.Load} is what its rounds ask for,
 * {@link io.solera.plan.Rates} what a unit of work took on some machine, and a {@link io.solera.plan.Plan} is their
 * product on a {@link io.solera.plan.Cluster}. Rates come from {@link io.solera.plan.Calibration}, or from a
 * {@link io.solera.plan.FinishedRun}. docs/plan.md has the formulas. Imports train and bench.
 */
@NullMarked
package io.solera.plan;

import org.jspecify.annotations.NullMarked;
