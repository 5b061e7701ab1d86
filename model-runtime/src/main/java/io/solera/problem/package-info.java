/**
 * What can go wrong, by whose turn it is: exceptions that say whether the request, the data or the run is the cause.
 * The command line turns their categories into exit codes. An exception that says nothing is a fault in Solera, so a
 * check of what a user gives throws one of these, and a check of what our own code gives throws one of the JDK's.
 * Imports no package of ours.
 */
@NullMarked
package io.solera.problem;

import org.jspecify.annotations.NullMarked;
