package org.inoculum.evaluate;

/**
 * A fault that the images show beyond what chance does.
 *
 * @param fault which
 * @param text in plain words, with the numbers
 */
public record Finding(Fault fault, String text) {}
