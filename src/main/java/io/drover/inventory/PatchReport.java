package io.drover.inventory;

import java.util.List;

/**
 * What came of an extension's patch, one line each, without secrets.
 *
 * @param applied what was changed
 * @param ignored what was not taken, and why; and what was taken although it is odd
 */
public record PatchReport(List<String> applied, List<String> ignored) {}
