package io.drover.history;

/** What a history entry is about: the kind of thing in lower case ({@code vm}, {@code extension}), its id and its name then. */
public record Subject(String type, Object id, String name) {}
