/**
 * Jobs of REINVENT 4 as jobs of Solera: {@link io.solera.reinvent.ReinventFile} is a configuration,
 * {@link io.solera.reinvent.ImportedJob} what becomes of it, {@link io.solera.reinvent.Components} and
 * {@link io.solera.reinvent.Transforms} are what has a counterpart. What has none is a {@link io.solera.reinvent.Note}.
 * Names, defaults and meanings are those of REINVENT 4.8 (https://github.com/MolecularAI/REINVENT4, Apache-2.0).
 * Imports config and reward.catalogue.
 */
@NullMarked
package io.solera.reinvent;

import org.jspecify.annotations.NullMarked;
