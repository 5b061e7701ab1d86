/** Morgan fingerprints, equal to RDKit's. A molecule goes in; bits or counts come out. Imports graph and smarts. */
@NullMarked
package io.solera.reward.molecule.fingerprint;

import org.jspecify.annotations.NullMarked;
