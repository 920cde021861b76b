@NullMarked
package io.drover.node.web;

import org.jspecify.annotations.NullMarked;
