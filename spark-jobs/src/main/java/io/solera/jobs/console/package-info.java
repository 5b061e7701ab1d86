/**
 * What commands print: progress, tables, the summary, errors and their exit codes. Events and records go in; lines come
 * out. Imports the packages whose data it prints.
 */
@NullMarked
package io.solera.jobs.console;

import org.jspecify.annotations.NullMarked;
