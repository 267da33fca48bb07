package org.inoculum.detect;

/**
 * A cell that was found.
 *
 * @param label of its class
 * @param box where, in pixels of the field
 * @param score how sure the detector is, 0..1; no probability
 */
public record Detection(int label, Rect box, double score) {}
