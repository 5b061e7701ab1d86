/** Chat templates: a strict interpreter of the part of Jinja that they use. */
@NullMarked
package io.solera.text.chat;

import org.jspecify.annotations.NullMarked;
