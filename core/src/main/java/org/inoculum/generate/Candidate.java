package org.inoculum.generate;

import org.jspecify.annotations.Nullable;

/**
 * An image that was drawn and may come into the set.
 *
 * @param index number of the image
 * @param judgement what was found by comparing it with the training images; null where that was not
 *     asked for
 */
public record Candidate(long index, @Nullable Judgement judgement) {}
