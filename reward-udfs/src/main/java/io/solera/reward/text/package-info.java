/**
 * Measures of natural language. A text, alone or with references, goes in; a number comes out. Imports reward and its
 * room words; regular expressions of users run on RE2/J, whose time is bounded.
 */
@NullMarked
package io.solera.reward.text;

import org.jspecify.annotations.NullMarked;
