package io.drover.access;

import java.io.Serializable;

/**
 * A successful login.
 *
 * @param stamp changes whenever the password does, and says nothing about it
 * @param initial whether the password is still the one that Drover made up at the first start
 */
public record Login(Actor actor, String stamp, boolean initial) implements Serializable {}
