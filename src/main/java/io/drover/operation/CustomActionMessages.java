package io.drover.operation;

/** What the person who asked for a custom action is told when it has ended. */
record CustomActionMessages(String success, String failure) {}
