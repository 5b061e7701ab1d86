/**
 * The settings of jobs, a record per section, whose constructors validate. A job file goes in; {@code TrainJob} or
 * {@code SftJob} comes out. Imports the packages whose settings it names.
 */
@NullMarked
package io.solera.config;

import org.jspecify.annotations.NullMarked;
