/**
 * Chat templates: a strict interpreter of the part of Jinja that they use. A conversation and a template go in; the
 * text in the model's format comes out, within bounds on time and memory. Imports only the JDK.
 */
@NullMarked
package io.solera.text.chat;

import org.jspecify.annotations.NullMarked;
