package io.drover.access;

import java.io.Serializable;

/**
 * A successful login.
 *
 * @param stamp changes whenever the password does, and says nothing about it
 */
public record Login(Actor actor, String stamp) implements Serializable {}
