package io.drover.operation;

/**
 * Which custom action an operation was asked to run.
 *
 * @param action its name
 * @param parameters the values it is given, a JSON object; secret ones are masked
 */
public record CustomActionCall(String action, String parameters) {}
