/**
 * Chat templates: a strict interpreter of the part of Jinja that they use. A conversation and a template go in, the
 * model's text of it comes out, within bounds on time and memory. Imports the JDK alone.
 */
@NullMarked
package io.solera.text.chat;

import org.jspecify.annotations.NullMarked;
