package org.inoculum.spark;

import org.inoculum.copies.CopyFilter.Reason;
import org.inoculum.copies.Descriptor;
import org.inoculum.generate.Candidate;
import org.inoculum.generate.CopyCheckResult;
import org.inoculum.generate.GenerationOrigin;
import org.jspecify.annotations.Nullable;

/**
 * A candidate as a line of a chunk's list.
 *
 * @param index number of the image
 * @param bytes of its file; null where it is rejected by itself, and then there is none
 * @param sha256 of its file; null likewise
 * @param nearestReal the training image that is nearest to it; null, as all that follows, where
 *     copies are not searched
 * @param distance to it
 * @param ratio of the distance
 * @param rejected why it is rejected by itself; null where it is not
 * @param limit how near to an accepted image it repeats that one
 * @param descriptorText its descriptor
 */
record ChunkRow(
    long index,
    @Nullable Integer bytes,
    @Nullable String sha256,
    @Nullable String nearestReal,
    @Nullable Double distance,
    @Nullable Double ratio,
    @Nullable Reason rejected,
    @Nullable Double limit,
    @Nullable String descriptorText) {

  static ChunkRow of(Candidate candidate, @Nullable Integer bytes, @Nullable String sha256) {
    CopyCheckResult copyCheckResult = candidate.copyCheckResult();
    if (copyCheckResult == null) {
      return new ChunkRow(candidate.index(), bytes, sha256, null, null, null, null, null, null);
    }
    return new ChunkRow(
        candidate.index(),
        bytes,
        sha256,
        copyCheckResult.nearestReal(),
        copyCheckResult.distance(),
        copyCheckResult.ratio(),
        copyCheckResult.rejected(),
        copyCheckResult.repeatLimit(),
        copyCheckResult.rejected() == null ? copyCheckResult.descriptor().exactText() : null);
  }

  Candidate candidate(GenerationOrigin origin) {
    if (nearestReal == null || distance == null || ratio == null || limit == null) {
      return origin.candidate(index, null);
    }
    Descriptor descriptor =
        descriptorText == null
            ? Descriptor.NOTHING
            : Descriptor.ofExactText(descriptorText, "the descriptor of image " + index);
    return origin.candidate(
        index, new CopyCheckResult(nearestReal, distance, ratio, rejected, descriptor, limit));
  }
}
