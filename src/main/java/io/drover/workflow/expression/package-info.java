/** The closed language of expressions: what diagrams, and nobody else, can have evaluated. */
@NullMarked
package io.drover.workflow.expression;

import org.jspecify.annotations.NullMarked;
