/** The mathematics of policy optimisation and of blending, in plain Java. */
@NullMarked
package io.solera.rl;

import org.jspecify.annotations.NullMarked;
