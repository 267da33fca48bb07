package org.inoculum.detect;

/**
 * A cell that is to be found.
 *
 * @param label of its class
 * @param box where, in pixels of the field
 */
public record Target(int label, Rect box) {}
