package org.jspecify.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Stands before JSpecify's own where code is compiled to be mutated, and leaves no trace in class files: JDK 17 redefines
 * a record whose components carry type annotations wrongly, so that a mutant of it fails for no fault of its own.
 */
@Target(ElementType.TYPE_USE)
@Retention(RetentionPolicy.SOURCE)
public @interface Nullable {}
